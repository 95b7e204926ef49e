import { capability, onKey } from '../deployment/capability.ts';
import { spellCode } from '../invites/invite-code.ts';
import { codeLength, codeMessage, type CodeLetter } from './mail-code.ts';
import { macOf } from '../aws/mac.ts';

/** Makes mailed codes, from a key that has no other use. */
export const deriveMailCodes = capability('mailCodes', [onKey('flows', 'GenerateMac')], (config) => ({
  derive: async (letter: Pick<CodeLetter, 'purpose' | 'subject' | 'n'>): Promise<string> =>
    spellCode(await macOf(config.key('flows'), codeMessage(letter)), codeLength),
}));
