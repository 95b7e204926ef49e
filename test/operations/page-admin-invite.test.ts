import { testAdminPage } from '../harness/http/admin-pages.ts';

testAdminPage('page-admin-invite', '/admin/invites/AAECAwQFBgcICQoLDA0ODw', '招待');
