import { capability, onKey } from '../deployment/capability.ts';
import { spellCode } from '../invites/invite-code.ts';
import { codeLength, codeMessage, type CodeLetter } from './mail-code.ts';
import { macOf } from '../aws/mac.ts';

/** Makes the codes that go by mail, of a key that does nothing else. */
export const deriveMailCodes = capability('mailCodes', [onKey('flows', 'GenerateMac')], (config) => ({
  derive: async (letter: Pick<CodeLetter, 'purpose' | 'subject' | 'n'>): Promise<string> =>
    spellCode(await macOf(config.key('flows'), codeMessage(letter)), codeLength),
}));
