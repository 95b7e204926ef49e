export type KmsErrorType =
  | 'DisabledException'
  | 'IncorrectKeyException'
  | 'InvalidCiphertextException'
  | 'InvalidKeyUsageException'
  | 'KMSInvalidMacException'
  | 'NotFoundException'
  | 'SerializationException'
  | 'UnknownOperationException'
  | 'ValidationException';

/** A refusal as KMS words it; `type` is the `__type` on the wire. */
export class KmsError extends Error {
  override readonly name = 'KmsError';
  readonly type: KmsErrorType;

  constructor(type: KmsErrorType, message: string) {
    super(message);
    this.type = type;
  }
}
