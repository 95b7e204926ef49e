import { testAdminPage } from '../harness/http/admin-pages.ts';

testAdminPage('page-admin-people', '/admin/people', 'メンバー');
