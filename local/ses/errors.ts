export type SesErrorCode = 'InvalidAction' | 'InvalidParameterValue' | 'MessageRejected' | 'ValidationError';

/** A refusal as SES words it; all of them are the sender's fault and answer 400. */
export class SesError extends Error {
  override readonly name = 'SesError';
  readonly code: SesErrorCode;

  constructor(code: SesErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** The refusal of an address, a recipient or a tag that SES does not accept. */
export const invalid = (message: string): SesError => new SesError('InvalidParameterValue', message);
