import { startAdminPanel } from './admin-panel.ts';
import { addDeviceKeys } from './device-key.ts';
import { addShowButtons } from './show-password.ts';

/** The one script of all pages: it finds on the page what it can serve. */
addShowButtons();
addDeviceKeys();
const panel = document.querySelector<HTMLElement>('#admin');
if (panel) startAdminPanel(panel);
