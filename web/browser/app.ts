import { startAccount } from './account.ts';
import { startAdminPanel } from './admin-panel.ts';
import { checkSession } from './check-session.ts';
import { takeWideAddresses } from './email-fields.ts';
import { startForms } from './guest/start-forms.ts';
import { switchInPlace } from './guest/switch-language.ts';
import { keepInvite, noteOpening } from './keep-invite.ts';
