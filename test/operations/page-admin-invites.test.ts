import { testAdminPage } from '../harness/http/admin-pages.ts';

testAdminPage('page-admin-invites', '/admin/invites', '招待');
