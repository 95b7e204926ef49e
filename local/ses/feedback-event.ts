/** The mail that an event is about. Times are ISO 8601 UTC. SES also repeats the mail's headers, which we do not read. */
export interface ReportedMail {
  timestamp: string;
  /** As the sender wrote it. */
  source: string;
  messageId: string;
  destination: readonly string[];
  /** The message's tags and the tags that SES adds (`ses:…`), each as a list, as SES sends them. */
  tags: Readonly<Record<string, readonly string[]>>;
}

/** The event that SES publishes to the configuration set's event destination. SNS carries it as JSON in `Message`. */
export type Feedback =
  | {
      eventType: 'Delivery';
      mail: ReportedMail;
      delivery: {
        timestamp: string;
        processingTimeMillis: number;
        recipients: readonly string[];
        smtpResponse: string;
        reportingMTA: string;
      };
    }
  | {
      eventType: 'Bounce';
      mail: ReportedMail;
      bounce: {
        bounceType: 'Permanent' | 'Transient';
        bounceSubType: 'General' | 'OnAccountSuppressionList';
        bouncedRecipients: readonly {
          emailAddress: string;
          /** Absent for an automatic reply. */
          action?: 'failed';
          status?: string;
          diagnosticCode?: string;
        }[];
        timestamp: string;
        feedbackId: string;
        reportingMTA: string;
      };
    }
  | {
      eventType: 'Complaint';
      mail: ReportedMail;
      complaint: {
        complainedRecipients: readonly { emailAddress: string }[];
        complaintSubType: null;
        complaintFeedbackType: 'abuse';
        userAgent: string;
        arrivalDate: string;
        timestamp: string;
        feedbackId: string;
      };
    };
