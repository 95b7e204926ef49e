import { testAdminPage } from '../harness/http/admin-pages.ts';

testAdminPage('page-admin-activity', '/admin/activity', '操作履歴');
