import { crosswalksPage } from './pages/crosswalks';
import { overviewPage } from './pages/overview';
import { reconciliationPage } from './pages/reconciliation';
import { runPage, runsPage } from './pages/runs';
import { searchPage, waitingPage } from './pages/waiting';
import { storyPage } from './pages/story';
import { inLanguage, type SafeHtml } from './base/html';
import { hostsOf, type PageName, type Question } from './read/question';
import type { PageContext } from './base/layout';
import { readRows, type TableRows } from './read/rows';

const DRAW: Record<PageName, (context: PageContext) => SafeHtml> = {
	overview: overviewPage,
	waiting: waitingPage,
	search: searchPage,
	story: storyPage,
	run: runPage,
	runs: runsPage,
	reconciliation: reconciliationPage,
	crosswalks: crosswalksPage,
};

/** The page asked for as one HTML document, without a script and without anything from outside. */
export function renderPage(input: {
	question: Question;
	/** Rows by table, as n8n's Data Table node hands them out. */
	tables: TableRows;
	/** UTC instant. */
	now: string;
	/** See replayToken. */
	token: string | null;
	/** Hosts whose pages may be linked, names or addresses; sub-domains count as well. */
	linkHosts: string;
}): string {
	const { question, tables, now, token, linkHosts } = input;
	const context = { question, rows: readRows(tables), now, token, hosts: hostsOf(linkHosts) };
	return inLanguage(question.language, () => DRAW[question.page](context).text);
}
