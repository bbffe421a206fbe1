import { fc, test as property } from '@fast-check/jest';
import { TABLES } from '../../lib/tables/tables';
import { html } from '../../lib/report/base/html';
import { knownAddress, outsideLink, PAGES } from '../../lib/report/read/question';
import { all, parseHtml, textOf, type Element } from './parse-html';
import { draw, row } from './samples';

/** What somebody may have typed into GP to see whether this page runs it. */
const CANARIES = [
	'<script>alert(1)</script>',
	'"><img src=x onerror=alert(1)>',
	"' onmouseover='alert(1)",
	'" autofocus onfocus="alert(1)',
	'javascript:alert(1)',
	'JaVaScRiPt:alert(1)//https://app.procore.com/',
	'data:text/html,<script>alert(1)</script>',
	'https://app.procore.com.evil.example/',
	'https://app.procore.com@evil.example/',
	'</title></style></textarea><svg onload=alert(1)>',
	'<!--',
	'`${alert(1)}` {{constructor.constructor("alert(1)")()}}',
	'=cmd|calc!A1',
	'\u202Egnp.exe\u0000\u0008',
];

/** Every text column of every table holds the canary; counts and the like stay. */
function poisoned(canary: string) {
	const rowOf = (table: keyof typeof TABLES, given: Record<string, string> = {}) => ({
		...row(
			table,
			Object.fromEntries(
				TABLES[table].columns
					.filter(({ type }) => type === 'string')
					.map(({ name }) => [name, canary]),
			),
		),
		...given,
	});
	const kinds = ['total', 'project', 'project, cost code', 'vendor', 'month', 'difference'];
	return {
		runs: [rowOf('runs'), rowOf('runs', { started_at: '2026-03-02T09:00:00Z', status: 'success' })],
		events: [
			rowOf('events'),
			rowOf('events', {
				changes: JSON.stringify([
					{ field: canary, before: canary, after: [canary, { [canary]: 1 }] },
				]),
			}),
		],
		parked: [rowOf('parked')],
		jobs: [rowOf('projects'), rowOf('projects', { gp_company: 'TWO', gp_job: '1' })],
		accounts: [rowOf('accounts')],
		vendors: [rowOf('vendors')],
		log: [rowOf('log')],
		choices: [
			{
				choices: [{ value: canary, name: canary, likely: true }],
				...{ costTypes: [canary], note: canary, problem: canary },
			},
		],
		watermarks: [rowOf('watermark')],
		requests: [rowOf('requests')],
		alerts: [rowOf('alerts'), { error: canary }],
		totals: [rowOf('reconciliation', { row_kind: 'total' })],
		breakdowns: kinds.map((row_kind) => rowOf('reconciliation', { row_kind })),
		differences: [rowOf('reconciliation', { row_kind: 'difference' })],
	};
}

/** Everything a page can be made of; nothing else may come in. */
const OUR_TAGS =
	'html head meta title style body a header div nav form input label button main h1 h2 h3 p span strong section details summary table caption thead tbody tfoot tr th td dl dt dd ol ul li time footer svg g rect line text em i select option optgroup datalist'.split(
		' ',
	);
const OUR_ATTRIBUTES =
	'lang charset name content http-equiv class href id method role type for value maxlength placeholder aria-label aria-hidden aria-current tabindex scope data-title datetime target rel viewBox x y x1 x2 y1 y2 width height text-anchor title size selected rel list label'.split(
		' ',
	);

function expectHarmless(page: string): Element {
	const document = parseHtml(page);
	const elements = all(document, '*');
	const tags = new Set(elements.map(({ tag }) => tag));
	const attributes = new Set(elements.flatMap((element) => Object.keys(element.attributes)));
	expect([...tags].filter((tag) => !OUR_TAGS.includes(tag))).toEqual([]);
	expect([...attributes].filter((name) => !OUR_ATTRIBUTES.includes(name))).toEqual([]);
	for (const { attributes } of all(document, 'a')) {
		expect(attributes.href).toMatch(/^(\?|#content$|https:\/\/([a-z0-9-]+\.)*procore\.com\/)/);
	}
	for (const { attributes } of all(document, 'form')) expect(attributes.action).toBeUndefined();
	return document;
}

describe.each(PAGES)('the page "%s"', (page) => {
	const query = `page=${page}&entity=payable&company=TWO&key=1&run=run-1&project=9001`;

	it.each(CANARIES)('shows %j in every column of every table as nothing but text', (canary) => {
		const document = expectHarmless(draw(query, poisoned(canary)));
		const shown = canary.replace(/[\p{Cc}\u202E]/gu, '\uFFFD').replace(/\s+/g, ' ');
		expect(textOf(document)).toContain(shown);
	});

	it.each(CANARIES)('is not broken by %j in its own address', (canary) => {
		const typed = new URLSearchParams({ page });
		for (const name of [
			'q',
			'entity',
			'company',
			'key',
			'run',
			'outcome',
			'notice',
			'project',
			'before',
			...['kind', 'cause', 'about', 'sort', 'place', 'open'],
		])
			typed.set(name, canary);
		expectHarmless(draw(typed.toString(), {}));
		expectHarmless(draw(typed.toString(), poisoned(canary)));
	});
});

describe('escaping', () => {
	property.prop([fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' })])(
		'whatever text there is comes out of element and attribute as it went in',
		(text, attribute) => {
			const clean = (given: string) =>
				given
					.replace(/[\t\n\r]/g, ' ')
					.replace(/[\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu, '\uFFFD');
			const document = parseHtml(html`<p title="${attribute}">${text}</p>`.text);
			const [paragraph] = all(document, 'p');
			expect(paragraph!.attributes.title).toBe(clean(attribute));
			expect(paragraph!.children.join('')).toBe(clean(text).trim() === '' ? '' : clean(text));
			expect(all(document, '*')).toHaveLength(1);
		},
	);

	it('leaves markup alone only when it was made here', () => {
		expect(html`${html`<b>${'<'}</b>`}`.text).toBe('<b>&lt;</b>');
		expect(html`${{ text: '<b>' } as never}`.text).not.toContain('<b>');
	});
});

describe('links to other sites', () => {
	const hosts = ['procore.com', 'localhost:5678'];

	it.each([
		['https://app.procore.com/1/project/direct_costs/2', true],
		['http://localhost:5678/workflow/gpp-sync', true],
		['http://localhost:5679/', false],
		['https://procore.com.evil.example/', false],
		['https://evilprocore.com/', false],
		['https://user:word@app.procore.com/', false],
		['//app.procore.com/', false],
		['ftp://app.procore.com/', false],
		['javascript:alert(1)', false],
		['', false],
	])('%s is followed: %s', (address, followed) => {
		expect(knownAddress(address, hosts) !== null).toBe(followed);
		expect(all(parseHtml(outsideLink(address, 'text', hosts).text), 'a')).toHaveLength(
			followed ? 1 : 0,
		);
	});

	it('open in a tab that cannot reach back', () => {
		const [link] = all(parseHtml(outsideLink('https://app.procore.com/', 'x', hosts).text), 'a');
		expect(link!.attributes).toMatchObject({ target: '_blank', rel: 'noopener noreferrer' });
	});
});
