import { pageNotDrawn, refusalPage, runShown } from '../../lib/report/run-shown';
import { all, parseHtml, textOf } from './parse-html';
import { event, failure, run } from './samples';

const counts = (given: object) => JSON.stringify({ read: 3, ...given });
const row = (given: object = {}) =>
	({
		...run(),
		...{ dry_run: true, created: 25, updated: 0, adopted: 0, voided: 0, parked: 2, failed: 0 },
		vendors: counts({ created: 3 }),
		accounts: counts({ unchanged: 3 }),
		payables: counts({ created: 22, parked: 2 }),
		...{ gp_amount: '1250.50', procore_amount: '1000.00' },
		execution_link: 'https://n8n.example.com/workflow/1/executions/7',
		...given,
	}) as never;
const PAGE = 'https://n8n.example.com/webhook/gpp-dashboard';

it('says of a dry run what would be written, with counts, amounts and links', () => {
	const { title, text } = runShown(row(), [event() as never], PAGE);
	expect(title).toMatch(/^Dry run of GP company TWO: 25 records would be written, 2 would wait$/);
	expect(text).toContain('Nothing was written to Procore');
	expect(text).toContain('Payables invoices: 3 read; would be 22 created, 2 waiting.');
	expect(text).toContain('GL accounts: 3 read; 3 unchanged.');
	expect(text).toContain('1,250.50');
	expect(text).toMatch(/The first 1 of 25 differences:\n– .*would be created/);
	expect(text).toContain(`<a href="${PAGE}?page=run&amp;run=`);
	expect(text).toContain('href="https://n8n.example.com/workflow/1/executions/7"');
});

it('names what waits by its reasons, the most frequent first', () => {
	const waits = { ...failure(), outcome: 'parked' };
	const other = { ...waits, message: 'Another <b>reason</b>', remedy: 'Do <i>that</i>.' };
	const { text } = runShown(row(), [other, waits, waits] as never, '');
	expect(text).toMatch(
		/2 would wait\. The most frequent reasons:\n– 2 × .*\n– 1 × Another &lt;b&gt;/,
	);
	expect(text).not.toContain('webhook');
});

it('says of a real run what was written', () => {
	const { title, text } = runShown(row({ dry_run: false, parked: 0 }), [], PAGE);
	expect(title).toMatch(/^Run of GP company TWO: 25 records were written, 0 wait$/);
	expect(text).not.toContain('would');
	expect(text).toContain('Nothing waits.');
});

it('does not call nothing waiting what waits since runs before a dry run', () => {
	const { title, text } = runShown(row({ parked: 0, waiting: 104, created: 0 }), [], PAGE);
	expect(title).toMatch(/: 0 records would be written, 0 would wait, 104 wait already$/);
	expect(text).not.toContain('Nothing waits');
	expect(text).toContain('None of these would wait.\nFrom runs before 104 wait already');
});

it('says what was read again beside what changed, so that its counts add up', () => {
	const { text } = runShown(row({ read_again: '226 open documents' }), [], PAGE);
	expect(text).toContain('beside what changed: 226 open documents.');
});

test('a press that does not count is answered with a page: what was said, as text, and a way back', () => {
	const document = parseHtml(refusalPage('Not saved: <b>full</b>.', '2026-03-02T09:30:00.000Z'));
	expect(textOf(document)).toContain('Not saved: <b>full</b>.');
	const back = all(document, 'a').find((link) => textOf(link) === 'Load the page again');
	expect(back?.attributes.href).toBe('');
	expect(all(document, 'h1').map(textOf)).toEqual(['Nothing was changed']);
});

test('what keeps a page from being drawn is text, whatever it holds', () => {
	const page = pageNotDrawn('<img src=x onerror="alert(1)"> & more', '2026-11-30T12:00:00.000Z');
	expect(page).toContain('&lt;img src=x onerror=&quot;alert(1)&quot;&gt; &amp; more');
	expect(page).not.toContain('<img');
});
