import { testAdminPage } from '../harness/http/admin-pages.ts';

testAdminPage('page-admin-person', '/admin/people/AAECAwQFBgcICQoLDA0ODw', 'メンバー');
