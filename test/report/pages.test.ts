import { linesCell } from '../../lib/audit/event-row';
import { chainEvents, startOfChain } from '../../lib/audit/chain';
import { readQuestion } from '../../lib/report/read/question';
import { all, parseHtml, textOf, type Element } from './parse-html';
import {
	alert,
	draw,
	event,
	failure,
	NOW,
	parked,
	reconciled,
	request,
	run,
	watermark,
	row,
} from './samples';

const page = (...given: Parameters<typeof draw>) => parseHtml(draw(...given));
const STORY = 'page=story&entity=payable&company=TWO&key=1;00000000000000417';

/** Cells of a table by their captions and headings, as a screen reader reads them. */
function tableCalled(document: Element, caption: RegExp): string[][] {
	const found = all(document, 'table').find((table) =>
		caption.test(textOf(all(table, 'caption')[0]!)),
	);
	if (!found) throw new Error(`No table called ${caption}`);
	return all(all(found, 'tbody')[0]!, 'tr').map((row) => all(row, 'td').map(textOf));
}

const tile = (document: Element, title: string) =>
	textOf(all(document, 'div', 'tile').find((one) => textOf(one).startsWith(title))!);

describe('every page', () => {
	it('is one document without a script, with a policy that lets nothing in', () => {
		const document = page('page=overview');
		expect(all(document, 'script')).toEqual([]);
		const policy = all(document, 'meta').find(
			({ attributes }) => attributes['http-equiv'] === 'Content-Security-Policy',
		);
		expect(policy!.attributes.content).toMatch(/^default-src 'none';/);
		expect(policy!.attributes.content).toContain("form-action 'self'");
	});

	it('can be used by keyboard, by screen reader and on a phone', () => {
		const document = page('page=overview', { runs: [run()], parked: [parked()] });
		expect(all(document, 'html')[0]!.attributes.lang).toBe('en');
		expect(all(document, 'meta').map(({ attributes }) => attributes.name)).toContain('viewport');
		expect(all(document, 'h1')).toHaveLength(1);
		const labels = all(document, 'label').map(({ attributes }) => attributes.for);
		const fields = all(document, 'input').filter(({ attributes }) => attributes.type !== 'hidden');
		for (const { attributes } of fields) expect(labels).toContain(attributes.id);
		for (const button of all(document, 'button')) {
			expect(button.attributes['aria-label'] ?? textOf(button)).not.toBe('');
		}
		for (const table of all(document, 'table')) {
			expect(all(table, 'caption')).toHaveLength(1);
			for (const heading of all(table, 'th')) expect(heading.attributes.scope).toBe('col');
		}
		for (const picture of all(document, 'svg')) {
			expect(picture.attributes['aria-label']).toBeTruthy();
		}
	});

	it('says of its times that they are UTC', () => {
		const times = all(page('page=overview', { runs: [run()] }), 'time');
		expect(times.length).toBeGreaterThan(0);
		for (const time of times) expect(textOf(time)).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d UTC$/);
	});

	it('is drawn from empty tables, too', () => {
		for (const name of ['overview', 'waiting', 'search', 'story', 'run', 'runs', 'reconciliation'])
			expect(all(page(`page=${name}`), 'h1')).toHaveLength(1);
	});
});

describe('the overview', () => {
	it('tells the last success, whether a run goes on, what waits, alerts and the books', () => {
		const document = page('page=overview', {
			runs: [
				run({ run_id: 'now', status: 'running', started_at: '2026-03-02T09:29:00.000Z' }),
				run(),
			],
			parked: [parked()],
			alerts: [alert()],
			totals: [reconciled()],
		});
		expect(tile(document, 'Last success')).toContain('29 minutes ago');
		expect(tile(document, 'Now')).toContain('Running');
		expect(tile(document, 'Waiting')).toMatch(/Waiting 1/);
		expect(tile(document, 'Alerts')).toContain('12 records failed');
		expect(tile(document, 'GP less Procore')).toMatch(/1,250\.50 0\.00 unexplained/);
	});

	it('does not take a run that fell silent for one that goes on', () => {
		const silent = run({ status: 'running', started_at: '2026-03-02T08:00:00.000Z' });
		const document = page('page=overview', { runs: [silent] });
		expect(tile(document, 'Now')).not.toContain('Running');
		expect(tableCalled(document, /^Runs/)[0]![2]).toBe('silent');
	});

	it('gives each stream its age', () => {
		const rows = tableCalled(page('page=overview', { watermarks: [watermark()] }), /stream/);
		expect(rows).toEqual([['Payables documents', 'TWO', '2026-03-01', '29 minutes ago']]);
	});

	it('takes a moment somebody typed without a zone for UTC, as the sync does', () => {
		// A server that stands in New York.
		const { parse } = Date;
		const there = (text: string) =>
			parse(/T|:/.test(text) && !/Z$/.test(text) ? `${text}-05:00` : text);
		const clock = jest.spyOn(Date, 'parse').mockImplementation(there);
		for (const modified_since of ['2026-03-01T22:30:00', '2026-03-01 22:30:00']) {
			const watermarks = [watermark({ modified_since })];
			const rows = tableCalled(page('page=overview', { watermarks }), /stream/);
			expect(rows[0]![2]).toBe('2026-03-01 22:30 UTC');
		}
		clock.mockRestore();
	});

	it('adds a day’s runs up, and counts what waits once though every run tries it again', () => {
		const document = page('page=overview', {
			runs: [
				run({ created: 2, updated: 1, voided: 0, parked: 4, failed: 1 }),
				run({ created: 3, updated: 0, voided: 0, parked: 5, failed: 0 }),
				run({ created: 100, dry_run: true }),
			],
		});
		expect(tableCalled(document, /outcome per day/)).toEqual([
			['2026-03-02', '2', '5', '1', '0', '0', '5', '1'],
		]);
	});

	it('adds up what waits in several companies', () => {
		const runs = [
			run({ created: 0, updated: 0, voided: 0, parked: 4, failed: 1 }),
			run({ created: 0, updated: 0, voided: 0, parked: 5, failed: 0, gp_company: 'ONE' }),
		];
		expect(tableCalled(page('page=overview', { runs }), /outcome per day/)).toEqual([
			['2026-03-02', '2', '0', '0', '0', '0', '9', '1'],
		]);
	});

	it('draws bars as high as their counts', () => {
		const document = page('page=overview', {
			runs: [run({ created: 10, updated: 5, voided: 0, adopted: 0, parked: 0, failed: 0 })],
		});
		const height = (name: string) =>
			Number(all(all(document, 'svg')[0]!, 'rect', name)[0]!.attributes.height);
		expect(height('created')).toBeCloseTo(2 * height('updated'), 0);
	});

	it('does not take the money of those read for that of all', () => {
		const many = Array.from({ length: 101 }, (_, index) => parked({ gp_key: `1;${index}` }));
		expect(tile(page('page=overview', { parked: many }), 'Waiting, in money')).toContain(
			'of the newest 100',
		);
	});

	it('shows the company whose books are worst', () => {
		const reconciliation = [
			reconciled({ gp_company: 'TWO', at: '2026-03-02T05:00:00.000Z' }),
			reconciled({ gp_company: 'ONE', at: '2026-03-01T05:00:00.000Z', unexplained: '7.00' }),
		];
		const shown = page('page=overview', { reconciliation, totals: reconciliation });
		expect(tile(shown, 'GP less Procore')).toMatch(/7\.00 unexplained.*ONE/);
	});

	it('takes no replay of some records for a run that read GP', () => {
		const runs = [
			run({ run_id: 'replay', start_kind: 'replay', finished_at: '2026-03-02T09:20:00.000Z' }),
			run({ run_id: 'whole', finished_at: '2026-03-02T06:30:00.000Z' }),
		];
		expect(tile(page('page=overview', { runs }), 'Last success')).toContain('3 hours ago');
	});

	it('shows the company that is furthest behind, and the one whose last run ended badly', () => {
		const runs = [
			run({ run_id: 'two', finished_at: '2026-03-02T09:01:00.000Z' }),
			run({ run_id: 'early', gp_company: '', status: 'failed' }),
			run({ run_id: 'bad', gp_company: 'ONE', status: 'failed' }),
			run({ run_id: 'good', gp_company: 'one', finished_at: '2026-03-01T09:00:00.000Z' }),
		];
		const shown = page('page=overview', { runs });
		expect(tile(shown, 'Last success')).toMatch(/24 hours ago.* · one/);
		expect(tile(shown, 'Now')).toMatch(/Last run failed/);
		const quiet = page('page=overview', { runs: [runs[0]!, runs[2]!] });
		expect(tile(quiet, 'Last success')).toMatch(/none in 30 days · ONE/);
		expect(tile(quiet, 'Now')).toMatch(/Last run failed.* · ONE/);
		expect(tile(page('page=overview', { runs: [runs[0]!] }), 'Last success')).not.toContain('·');
	});

	it('calls neither an old success nor an old comparison green', () => {
		const toneOf = (document: Element, title: string) =>
			all(document, 'div', 'tile').find((one) => textOf(one).startsWith(title))!.attributes.class;
		const at = (back: number) => new Date(Date.parse(NOW) - back * 3_600_000).toISOString();
		const drawn = (ran: number, compared: number) => {
			const reconciliation = [reconciled({ at: at(compared) })];
			const runs = [run({ finished_at: at(ran), failed: 0 })];
			return page('page=overview', { runs, reconciliation, totals: reconciliation });
		};
		const today = drawn(2, 7 * 24);
		expect(toneOf(today, 'Last success')).toContain('good');
		expect(toneOf(today, 'GP less Procore')).toContain('good');
		const late = drawn(29 * 24, 9 * 24);
		expect(toneOf(late, 'Last success')).toContain('warn');
		expect(tile(late, 'Last success')).toMatch(/29 days ago.*sync” published\?/);
		expect(toneOf(late, 'GP less Procore')).toContain('warn');
		expect(tile(late, 'GP less Procore')).toContain('compared 9 days ago');
	});

	it('says from which day on it could count', () => {
		const runs = Array.from({ length: 800 }, () => run({ started_at: '2026-02-20T09:00:00.000Z' }));
		expect(textOf(page('page=overview', { runs }))).toContain('days before 2026-02-20 are not');
		expect(textOf(page('page=overview', { runs: [run()] }))).not.toContain('days before');
	});

	it('says that more wait than it read', () => {
		const many = Array.from({ length: 101 }, (_, index) => parked({ gp_key: `1;${index}` }));
		expect(tile(page('page=overview', { parked: many }), 'Waiting')).toContain('more than 100');
	});
});

describe('waiting records', () => {
	it('come with reason, remedy, amount, tries and a button each', () => {
		const document = page('page=waiting', { parked: [parked()] });
		const [[record, why, money, tries, since, button]] = tableCalled(document, /wait/) as [
			string[],
		];
		expect(record).toContain('voucher 00417');
		expect(why).toMatch(/not active.*Activate the cost code/);
		expect([money, tries]).toEqual(['1,250.50', '3 ×']);
		expect(since).toContain('2026-03-01 06:00 UTC');
		expect(button).toBe('Replay');
		const form = all(document, 'td')
			.flatMap((cell) => all(cell, 'form'))
			.at(-1);
		expect(form!.attributes.method).toBe('post');
		const sent = Object.fromEntries(
			all(form!, 'input').map(({ attributes }) => [attributes.name, attributes.value]),
		);
		expect(sent).toEqual({
			...{ token: 'a-token', entity: 'payable', company: 'TWO', key: '1;00000000000000417' },
		});
	});

	it('have no button when queued already, and none at all for a visitor without login', () => {
		const queued = page('page=waiting', { parked: [parked()], requests: [request()] });
		expect(tableCalled(queued, /wait/)[0]!.at(-1)).toBe('queued');
		const stranger = page('page=waiting', { parked: [parked()] }, { token: null });
		expect(all(stranger, 'form').filter(({ attributes }) => attributes.method === 'post')).toEqual(
			[],
		);
	});

	it('ask once more before all are replayed', () => {
		const [details] = all(page('page=waiting', { parked: [parked()] }), 'details', 'all');
		expect(textOf(all(details!, 'summary')[0]!)).toMatch(/^Replay all/);
		expect(all(details!, 'input').map(({ attributes }) => attributes.name)).toContain('all');
	});
});

describe('the search', () => {
	it('shows each record once, with its last outcome and how many events it has', () => {
		const events = [event({ at: '2026-03-01T07:00:00Z' }), failure(), event({ gp_key: '1;9' })];
		const rows = tableCalled(page('page=search&q=acme', { events }), /found/);
		expect(rows).toHaveLength(2);
		expect(rows[0]![1]).toBe('created');
		expect(rows[0]!.at(-1)).toBe('2');
	});

	it('leads from the name of a project to the records that went there', () => {
		const jobs = ['Müller & Sons Brewery', 'Harborview'].map((name, index) =>
			row('projects', {
				...{ gp_company: 'TWO', gp_job: `${index}00`, procore_project_id: `900${index}` },
				procore_project_name: name,
			}),
		);
		const links = (asked: string, given = jobs) =>
			all(page(`page=search&q=${encodeURIComponent(asked)}`, { jobs: given }), 'a')
				.filter((link) => textOf(link).startsWith('records that went there'))
				.map(({ attributes }) => attributes.href);
		expect(links('MÜLLER & sons')).toEqual(['?page=search&q=9000']);
		expect(links('o', [...jobs, ...jobs])).toEqual(['?page=search&q=9000', '?page=search&q=9001']);
		expect([...links(''), ...links('9000')]).toEqual([]);
		expect(textOf(page('page=search&q=Harborview', { jobs }))).not.toContain('Preview documents');
	});

	it('looks for the number where its kind is said, too, and for words however they are spaced', () => {
		const asked = (q: string) => readQuestion({ q }, NOW).pattern;
		expect(asked('voucher 417')).toBe('%417%');
		expect(asked('Invoice INV-13115')).toBe('%INV-13115%');
		expect(asked('voucher  417')).toBe('%417%');
		expect(asked('Coastal HVAC')).toBe('%Coastal HVAC%');
		// As GP has it, or as somebody typed it.
		expect(asked('Coastal   HVAC')).toBe('%Coastal%HVAC%');
		const named = ['Coastal HVAC', 'Coastal   HVAC', 'Coastal Air HVAC'].map((vendor_name, one) =>
			event({ vendor_name, gp_label: '', touches: '', gp_key: String(one) }),
		);
		const found = textOf(page('page=search&q=Coastal+++HVAC', { events: named }));
		expect(found).toContain('2 records');
		expect(found).not.toContain('Coastal Air HVAC');
		// A firm may be called so.
		expect(asked('Vendor Supplies')).toBe('%Vendor Supplies%');
	});

	it('says so when nothing fits', () => {
		expect(textOf(page('page=search&q=nothing'))).toContain('No record that was ever handled');
	});
});

describe('a document in several projects', () => {
	const part = (project: string, gp: string, given: object = {}) =>
		event({ procore_project_id: project, gp_amount: gp, procore_amount: gp, ...given });
	// Newest first, as they are read.
	const events = [
		part('9003', '579.2'),
		part('9002', '60935.38'),
		part('9001', '0', { outcome: 'voided' }),
		part('9004', '64.46'),
		part('9001', '64.46'),
		part('9009', '5', { dry_run: true }),
		event({ outcome: 'parked', procore_project_id: '', gp_amount: '61579.04' }),
	];

	it('stands with the sum of its parts, and each of them', () => {
		const [card] = all(page(STORY, { events }), 'section', 'card');
		const said = textOf(card!);
		expect(said).toMatch(/GP amount\s+61,579\.04/);
		expect(said).toMatch(/Amount in Procore\s+61,579\.04/);
		expect(said).toMatch(/9001: 0\.00\s+9002: 60,935\.38|9002: 60,935\.38\s+9003: 579\.20/);
		expect(said).not.toContain('9009');
	});

	it('is found with that sum', () => {
		const [row] = tableCalled(page('page=search&q=acme', { events }), /found/);
		expect(row!.at(-2)).toBe('61,579.04');
	});

	it('found by a part of it is not taken for the whole', () => {
		const told = (query: string, found: object[]) =>
			textOf(page(`page=search&q=${query}`, { events: found }));
		expect(told('579.20', [events[0]!])).toContain('how it stands as a whole');
		expect(told('9003', [events[0]!])).toContain('how it stands as a whole');
		expect(told('acme', events)).not.toContain('how it stands as a whole');
		expect(told('00417', events)).not.toContain('how it stands as a whole');
	});

	it('that was left out whole since says that', () => {
		const left = event({ outcome: 'skipped', procore_project_id: '', gp_amount: '61579.04' });
		const [card] = all(page(STORY, { events: [left, ...events] }), 'section', 'card');
		expect(textOf(card!)).toMatch(/GP amount\s+61,579\.04/);
		expect(textOf(card!)).not.toContain('in each project');
	});
});

describe('a story', () => {
	const events = [
		event({
			at: '2026-03-02T06:00:00Z',
			outcome: 'updated',
			changes: JSON.stringify([
				{ field: 'amount', before: '1250.50', after: '1300.00' },
				{ field: '…', more: 3 },
			]),
		}),
		event({ attempt: 2, replay_of: '12' }),
		failure({ at: '2026-02-27T06:00:00Z', request_id: 'req-77' }),
	];
	const steps = (document: Element) => all(all(document, 'ol', 'story')[0]!, 'li');

	it('tells every event in order: failure, replay, success', () => {
		const told = steps(page(STORY, { events })).map(textOf);
		expect(told.map((text) => text.split(' ')[0])).toEqual(['failed', 'created', 'updated']);
		expect(told[0]).toMatch(/not active.*Activate the cost code/);
		expect(told[0]).toContain('req-77');
		expect(told[1]).toMatch(/replay attempt 2/);
		expect(told[1]).toContain('a1b2c3');
	});

	it('shows what changed, before and after', () => {
		const document = page(STORY, { events });
		expect(tableCalled(document, /What changed/)).toEqual([['amount', '1250.50', '1300.00']]);
		expect(textOf(document)).toContain('and 3 more');
	});

	it('links to Procore and to the run', () => {
		const addresses = all(page(STORY, { events }), 'a').map(({ attributes }) => attributes.href);
		expect(addresses).toContain('https://app.procore.com/9001/project/direct_costs/5501');
		expect(addresses).toContain('?page=run&run=run-1');
	});

	it('looks again by itself while a replay waits, but not for ever', () => {
		const refreshes = (requests: object[]) =>
			all(page(STORY, { events, requests }), 'meta').filter(
				({ attributes }) => attributes['http-equiv'] === 'refresh',
			).length;
		expect(refreshes([request()])).toBe(1);
		expect(refreshes([request({ requested_at: '2026-03-02T09:20:00.000Z' })])).toBe(0);
		expect(refreshes([])).toBe(0);
	});

	it('does not take what a dry run would do for how the record stands', () => {
		const dry = event({ dry_run: true });
		const standing = (given: object[]) =>
			textOf(all(page(STORY, { events: given }), 'section', 'card')[0]!);
		expect(standing([dry])).toMatch(/only a dry run.*nothing was written/i);
		expect(standing([dry])).not.toContain('Amount in Procore');
		expect(standing([dry, failure()])).not.toMatch(/dry run/i);
	});

	it('says that a record is unknown', () => {
		expect(textOf(page(STORY))).toContain('Nothing is known of this record');
	});
});

describe('a run', () => {
	const chained = chainEvents(
		[event(), failure(), event({ outcome: 'unchanged' })] as never,
		startOfChain('run-1'),
	);
	const ended = run({ events: chained.head.events, chain: chained.head.hash });

	it('shows its figures, its streams and its events in order', () => {
		const document = page('page=run&run=run-1', { runs: [ended], events: chained.events });
		expect(tableCalled(document, /stream and outcome/)[2]).toEqual([
			'Payables',
			'20',
			'11',
			'2',
			'0',
			'1',
			'0',
			'2',
			'4',
			'1',
		]);
		expect(tableCalled(document, /Events/).map((row) => row[1])).toEqual([
			'created',
			'failed',
			'unchanged',
		]);
		expect(textOf(document)).toContain('48 s');
	});

	it('vouches for a whole audit trail, and says where one was changed', () => {
		const verdict = (events: object[]) =>
			textOf(page('page=run&run=run-1', { runs: [ended], events }));
		expect(verdict(chained.events)).toContain('all 3 events are there and none was changed');
		const forged = chained.events.map((one, index) =>
			index === 1 ? { ...one, outcome: 'created' } : one,
		);
		expect(verdict(forged)).toContain('was changed: event 2');
		expect(verdict(chained.events.slice(0, 2))).toContain('was changed');
	});

	it('leads to records of every outcome it counts', () => {
		const names = all(all(page('page=run&run=run-1', { runs: [run()] }), 'div', 'filter')[0]!, 'a');
		expect(names.map(textOf)).toEqual(
			expect.arrayContaining(['failed', 'locked', 'conflict', 'reactivated']),
		);
	});

	it('shows reactivated vendors among the records by outcome', () => {
		const vendors = '{"read":2,"reactivated":2}';
		const rows = tableCalled(page('page=run&run=run-1', { runs: [run({ vendors })] }), /by stream/);
		expect(rows[0]).toEqual(['Vendors', '2', '0', '2', '0', '0', '0', '0', '0', '0']);
	});

	it('is shown a page at a time', () => {
		const events = Array.from({ length: 130 }, () => event());
		const next = all(page('page=run&run=run-1', { runs: [ended], events }), 'p', 'pages');
		expect(all(next[0]!, 'a')[0]!.attributes.href).toContain('after=');
	});
});

describe('the reconciliation', () => {
	const breakdowns = [
		reconciled({ row_kind: 'project', project: 'North Tower', procore_project_id: '9001' }),
		reconciled({ row_kind: 'vendor', vendor: 'Acme', unexplained: '3.10' }),
	];
	const differences = [
		reconciled({
			...{ row_kind: 'difference', gp_key: '1;00000000000000417', gp_label: 'Voucher 00417' },
			...{ cause: 'missing', explained: 'Not in Procore.', remedy: 'Replay it.' },
		}),
	];

	it('compares by project, each a link into it, and by vendor', () => {
		const document = page('page=reconciliation', { totals: [reconciled()], breakdowns });
		expect(tableCalled(document, /^By project/)[0]).toEqual([
			'North Tower parked 1,250.50',
			'1,048,210.55',
			'1,046,960.05',
			'1,250.50',
			'0.00',
		]);
		const addresses = all(document, 'a').map(({ attributes }) => attributes.href);
		expect(addresses).toContain('?page=reconciliation&company=TWO&project=9001');
		expect(tableCalled(document, /^By vendor/)[0]!.at(-1)).toBe('3.10');
	});

	it('folds a long list over what agrees, and loses no row of it', () => {
		const vendors = Array.from({ length: 40 }, (_, number) =>
			reconciled({
				...{ row_kind: 'vendor', vendor: `V${number}`, explained: '' },
				...{ difference: number === 38 ? '5.00' : '0.00' },
				...{ unexplained: number === 39 ? '7.00' : '0.00' },
			}),
		);
		const months = ['2026-01', '2026-02'].map((month) => reconciled({ row_kind: 'month', month }));
		const document = page('page=reconciliation', {
			totals: [reconciled()],
			breakdowns: [...vendors, ...months],
		});
		const names = (caption: RegExp) => tableCalled(document, caption).map(([name]) => name);
		const seen = names(/^By vendor$/);
		expect(seen).toEqual(['V39', 'V38', ...Array.from({ length: 8 }, (_, one) => `V${one}`)]);
		const [rest] = all(document, 'details', 'rest');
		expect(textOf(all(rest!, 'summary')[0]!)).toBe('The other 30 : By vendor');
		const folded = names(/^By vendor, the other 30$/);
		expect(new Set([...seen, ...folded])).toEqual(new Set(vendors.map(({ vendor }) => vendor)));
		expect(names(/^By month$/)[0]).toMatch(/^2026-02/);
	});

	it('folds nothing that nobody can explain, and says how much of what folds differs', () => {
		const vendors = Array.from({ length: 60 }, (_, number) =>
			reconciled({
				...{ row_kind: 'vendor', vendor: `V${number}`, explained: '' },
				...{ difference: number % 2 ? '5.00' : '0.00', unexplained: number < 40 ? '0.00' : '7.00' },
			}),
		);
		const months = Array.from({ length: 24 }, (_, number) =>
			reconciled({ row_kind: 'month', month: `m${number + 10}`, unexplained: '0.00' }),
		);
		const found = Array.from({ length: 30 }, (_, number) =>
			reconciled({ row_kind: 'difference', unexplained: number < 25 ? '0.00' : '1.00' }),
		);
		const breakdowns = [...vendors, ...months];
		const document = page('page=reconciliation', {
			...{ totals: [reconciled()], breakdowns, differences: found },
		});
		const told = all(document, 'summary').map(textOf);
		expect(told).toContain('The other 40, 20 of them with a difference : By vendor');
		expect(told).toContain('The other 14, 14 of them with a difference : By month');
		const seen = tableCalled(document, /^By vendor$/).map((row) => row.at(-1));
		expect(seen).toEqual(Array.from({ length: 20 }, () => '7.00'));
		expect(tableCalled(document, /^By month$/)[0]![0]).toMatch(/^m33/);
		expect(all(document, 'table').filter((one) => /^Differences/.test(textOf(one)))).toHaveLength(
			2,
		);
		// What a browser cannot open on paper must not lose its mark there.
		const style = textOf(all(document, 'style')[0]!);
		expect(style).toContain('@supports selector(::details-content){details.rest>summary{display');
	});

	it('names the document behind each difference, with its story', () => {
		const document = page('page=reconciliation', { totals: [reconciled()], differences });
		expect(tableCalled(document, /Differences/)[0]![1]).toBe('missing Not in Procore. Replay it.');
		const addresses = all(document, 'a').map(({ attributes }) => attributes.href);
		expect(addresses.some((address) => address?.startsWith('?page=story&entity=payable'))).toBe(
			true,
		);
	});

	it('says which months were compared, and is not green where nothing lies in them', () => {
		const month = '2031-01 to 2031-06';
		const seen = (given: object) => {
			const totals = [reconciled({ month, ...given })];
			const document = page('page=reconciliation', { totals });
			const tiles = [
				all(document, 'div', 'tile').at(-1)!,
				all(page('', { totals }), 'div', 'tile').at(-1)!,
			];
			expect(textOf(document)).toContain(`months compared: ${month}.`);
			expect(textOf(tiles[1]!)).toContain(month);
			return tiles.map(({ attributes }) => attributes.class?.split(' ')[1]);
		};
		expect(seen({})).toEqual(['good', 'good']);
		expect(seen({ gp_amount: '0.00', procore_amount: '0.00', difference: '0.00' })).toEqual([
			'quiet',
			'quiet',
		]);
		// An invoice and its credit memo come to nothing, too.
		const nothing = reconciled({ month, gp_amount: '0.00', procore_amount: '0.00' });
		expect(textOf(page('page=reconciliation', { totals: [nothing] }))).toContain(
			'both sides come to nothing in these months',
		);
		expect(textOf(page('page=reconciliation', { totals: [reconciled()] }))).not.toContain(
			'months compared',
		);
	});

	it('is amber where documents may be missing, and says how many; so is the overview', () => {
		const not_proven = '12 documents of GP are missing from this comparison';
		const totals = [reconciled({ not_proven })];
		const document = page('page=reconciliation', { totals });
		expect(textOf(all(document, 'div', 'banner')[0]!)).toContain(
			`Not proven complete: ${not_proven}.`,
		);
		const last = all(document, 'div', 'tile').at(-1)!;
		expect(last.attributes.class).toContain('warn');
		expect(textOf(last)).toBe('Unexplained 0.00 not proven complete');
		const tile = all(page('', { totals }), 'div', 'tile').at(-1)!;
		expect(tile.attributes.class).toContain('warn');
		expect(textOf(tile)).toContain('not proven complete');
	});

	it('is amber inside a project as well, and names other projects in none', () => {
		const place = { row_kind: 'project', procore_project_id: '9001', project: 'Bridge' };
		const document = page('page=reconciliation&project=9001', {
			totals: [reconciled({ not_proven: '12 documents of GP are missing' })],
			breakdowns: [
				reconciled({ ...place, procore_project_id: '19001', project: 'Other' }),
				reconciled(place),
			],
		});
		expect(tile(document, 'Unexplained')).toContain('not proven complete');
		expect(textOf(document)).toContain('12 documents of GP are missing');
		expect(textOf(all(document, 'h1')[0]!)).toBe('Reconciliation: Bridge');
		const other = page('page=reconciliation&project=77', { totals: [reconciled()] });
		expect(textOf(other)).toContain('This comparison names no project 77.');
	});

	it('says aloud when not all sums were read', () => {
		const breakdowns = Array.from({ length: 1_000 }, (_, number) =>
			reconciled({ row_kind: 'vendor', vendor: `V${number}` }),
		);
		const drawn = (rows: object[]) =>
			textOf(page('page=reconciliation', { totals: [reconciled()], breakdowns: rows }));
		expect(drawn(breakdowns)).toContain('Only the first 1,000 sums were read');
		expect(drawn(breakdowns.slice(1))).not.toContain('Only the first');
	});

	it('keeps to the last comparison of each company', () => {
		const older = reconciled({ at: '2026-02-01T05:00:00Z', difference: '9.99' });
		const other = reconciled({ gp_company: 'THREE', at: NOW });
		const document = page('page=reconciliation', { totals: [older, reconciled(), other] });
		expect(textOf(document)).not.toContain('9.99');
		expect(textOf(all(document, 'div', 'filter')[0]!)).toBe('THREE TWO');
	});
});

describe('a record somebody asks about', () => {
	const waits = parked({ reason_code: 'job-without-project', cause_key: 'J:800' });
	const links = (document: Element) =>
		all(document, 'a').filter(({ attributes }) => attributes.class?.includes('button'));

	it('has the way to what settles it beside its reason, until it is asked for again', () => {
		const [link] = links(page(STORY, { parked: [waits] }));
		expect([textOf(link!), link!.attributes.href]).toEqual([
			'Choose a project',
			'?page=crosswalks&kind=job&company=TWO&key=800',
		]);
		expect(links(page(STORY, { parked: [waits], requests: [request()] }))).toEqual([]);
	});

	it('is called waiting wherever it waits, whatever the tables call it', () => {
		const events = [event({ outcome: 'parked' })];
		for (const query of ['page=search&q=417', STORY])
			expect(all(page(query, { events }), 'span', 'badge').map(textOf)).toContain('waiting');
		const filters = textOf(all(page('page=run&run=run-1', { runs: [run()] }), 'div', 'filter')[0]!);
		expect(filters).toContain('waiting');
		expect(filters).not.toContain('parked');
	});

	it('and is not found, can be looked for in GP itself', () => {
		for (const query of ['page=search&q=99999', STORY])
			expect(textOf(page(query))).toContain('The form “Preview documents”');
	});
});

describe('what was sent', () => {
	const lines = linesCell([
		{ costCode: '01-500', costType: 'M', amount: '1000.00', description: 'slab' },
		{ costCode: '01-600', costType: 'L', amount: '250.50' },
	]);

	it('stands in the story with its cost codes, and its sum', () => {
		const document = page(STORY, {
			events: [event({ lines, vendor_name: 'ACME CONCRETE' })],
			jobs: [row('projects', { procore_project_id: '9001', procore_project_name: 'Bridge' })],
		});
		expect(tableCalled(document, /Cost lines/)).toEqual([
			['01-500', 'M', 'slab', '1,000.00'],
			['01-600', 'L', '', '250.50'],
		]);
		expect(textOf(all(document, 'tfoot')[0]!)).toContain('1,250.50');
		expect(textOf(document)).toContain('Bridge 9001');
		expect(textOf(document)).toContain('ACME CONCRETE');
	});

	it('has a sum whose row is not called a cost code on a phone', () => {
		const [foot] = all(page(STORY, { events: [event({ lines })] }), 'tfoot');
		const titles = all(foot!, 'td').map(({ attributes }) => attributes['data-title']);
		expect([titles[0], titles.at(-1)]).toEqual([undefined, 'Amount']);
	});

	it('of a waiting record are the lines of GP', () => {
		const payload = JSON.stringify({
			...{ kind: 'payable', vendorName: 'ACME CONCRETE' },
			distributions: [
				{ account: '300-5110-02', type: 'purchase', debit: '10.5', credit: '0', reference: null },
			],
		});
		const document = page(STORY, { parked: [parked({ payload })] });
		expect(tableCalled(document, /Distributions/)).toEqual([
			['300-5110-02', 'purchase', '', '10.50'],
		]);
		for (const broken of ['', '{', '[]', '{"distributions":[null,1,{}]}', 'null'])
			expect(() => page(STORY, { parked: [parked({ payload: broken })] })).not.toThrow();
	});
});

describe('a run', () => {
	it('shows its batches, how far GP was read, and who did what', () => {
		const events = [
			event({ batch_id: 'run-1/0', entity: 'vendor' }),
			event({ batch_id: 'run-1/1' }),
			failure({ batch_id: 'run-1/1' }),
		];
		const document = page('page=run&run=run-1', {
			runs: [run({ watermark_from: '{"payable":"2026-01-01"}', watermark_to: '{"payable":"x"}' })],
			events,
		});
		expect(
			tableCalled(document, /Batches/).map(([name, , , records, what]) => [name, records, what]),
		).toEqual([
			['0', '1', '1 created'],
			['1', '2', '1 created, 1 failed'],
		]);
		expect(tableCalled(document, /How far GP/)).toEqual([
			['Payables documents', '2026-01-01', 'x'],
		]);
		const log = row('log', { at: NOW, by: 'accounting', act: 'crosswalk', subject: 'job 800' });
		const runs = page('page=runs', { runs: [run()], log: [{ ...log, records: 99 }] });
		expect(tableCalled(runs, /Done on this page/)[0]).toEqual([
			...['2026-03-02 09:30 UTC', 'accounting', 'chose for job 800', '', '', '99'],
		]);
	});
});
