/** Row of gpp_page_log: what somebody did on the page. */
export interface PageLogRow {
	/** UTC instant. */
	at: string;
	/** Name of the page's login. */
	by: string;
	act: 'replay' | 'crosswalk' | 'reconcile';
	/** What it was done to: "job 800", "all that waits". */
	subject: string;
	gp_company: string;
	/** What stood there before and after; blank where nothing was changed. */
	before: string;
	after: string;
	/** Records asked for again. */
	records: number;
}
