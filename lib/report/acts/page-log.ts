import type { TableRow } from '../../tables/tables';

/** Row of gpp_page_log: what somebody did on the page. */
export type PageLogRow = TableRow<'log'>;
