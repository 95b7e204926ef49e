import { capability, onKey, onTable } from '../deployment/capability.ts';
import { Failure } from '../errors/failure.ts';
import { spendOnce } from './spend-once.ts';
import { captchaChecker } from './captchas.ts';

/** How long a spent captcha is remembered after it expires, because clocks differ. */
const marginSeconds = 600;

/** Asks for solved captchas, each of which lets one request through. */
export const requireCaptchas = capability(
  'captchas',
  [onKey('codes', 'GenerateMac'), onTable('counters', 'PutItem')],
  (config) => {
    const solvedBy = captchaChecker(config);

    return {
      /**
       * Lets the request pass if it brings a solved captcha that no other request has brought; the same request may ask more than once.
       * If captchas are off, every request passes.
       * @param payload as the client sent it; at most a few kilobytes.
       * @throws Failure `captcha_required`
       */
      async require(payload: string | undefined, requestId: string, now: number): Promise<void> {
        if (config.settings.captcha === 'off') return;
        const challenge = payload ? await solvedBy(payload, now) : undefined;
        const isSpent =
          challenge &&
          (await spendOnce(
            config,
            'captcha',
            challenge.signature,
            requestId,
            challenge.parameters.expiresAt + marginSeconds,
          ));
        if (!isSpent) throw new Failure('captcha_required');
      },
    };
  },
);
