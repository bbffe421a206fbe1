import { runSteps } from '../../lib/http/read-body';
import { readQuestion } from '../../lib/report/read/question';
import { planReplay } from '../../lib/report/acts/plan-acts';
import { readReplayForm, replayToken } from '../../lib/report/acts/read-act';
import { exportWorkbook } from '../../lib/report/read/rows';
import { causesOf, causeTitle, choiceFor, chooseRecords } from '../../lib/report/waiting/causes';
import type { ParkedRow } from '../../lib/audit/event-row';
import { all, parseHtml, textOf } from './parse-html';
import { draw, event, NOW, parked, request } from './samples';

const LOGIN = `Basic ${Buffer.from('accounting:a long password').toString('base64')}`;
const now = Date.parse(NOW);

/** Records that wait because a job has no project. */
const ofJob = (job: string, first: number, count: number, amount = '100.10') =>
	Array.from({ length: count }, (_, index) =>
		parked({
			...{ gp_key: `1;${first + index}`, gp_label: `Invoice ${first + index}` },
			...{ reason_code: 'job-without-project', cause_key: `J:${job}`, gp_amount: amount },
			message: `line ${index} (${job}-5110): No Procore project is linked to GP job ${job}`,
			remedy: `Fill in procore_project_id for job ${job}.`,
		}),
	);
const asRows = (rows: unknown[]) => rows as ParkedRow[];

describe('causes', () => {
	const rows = [...ofJob('800', 0, 99), ...ofJob('700', 200, 3, '9000'), parked()];

	it('are told by code and key, whatever the messages say, the most money first', () => {
		expect(
			causesOf(asRows(rows), []).map(({ code, key, records, amount }) => [
				...[code, key, records, amount],
			]),
		).toEqual([
			['job-without-project', 'J:700', 3, '27000'],
			['job-without-project', 'J:800', 99, '9909.9'],
			['procore-refused', '', 1, '1250.5'],
		]);
	});

	it('keep companies apart', () => {
		const both = [...ofJob('800', 0, 1), { ...ofJob('800', 0, 1)[0], gp_company: 'THREE' }];
		expect(causesOf(asRows(both), []).map(({ company }) => company)).toEqual(['TWO', 'THREE']);
	});

	it('say in one sentence what is wrong, and what can be chosen to settle it', () => {
		expect(causeTitle({ code: 'job-without-project', key: 'J:800' })).toBe(
			'Job 800 has no project',
		);
		const choice = (code: string, key: string) => choiceFor({ code, key });
		expect(choice('job-without-project', 'J:800')).toMatchObject({ kind: 'job', key: '800' });
		// Of a line without a job a cost code alone would change nothing.
		expect(
			['no-job', 'cost-code-missing', 'cost-type-missing', 'constructor'].map(
				(code) => choice(code, 'A:000-5330-03')?.words,
			),
		).toEqual(['Is it job cost?', 'Choose a cost code', 'Choose a cost type', 'Choose what it is']);
		expect(causeTitle({ code: 'cost-code-missing', key: 'C:9001/03-100' })).toBe(
			'Project 9001 has no cost code 03-100',
		);
		expect(choice('cost-code-missing', 'C:9001/03-100')).toBeNull();
		// Codes nobody has written a sentence for are shown as they are, and so are keys of no known kind.
		expect(causeTitle({ code: 'GP_TIMEOUT', key: '' })).toBe('Gp timeout');
		expect(causeTitle({ code: 'constructor', key: 'X:1' })).toBe('Constructor');
	});

	it('stand on the page with count, amount and a button each', () => {
		const document = parseHtml(draw('page=waiting', { parked: rows }));
		const [causes] = all(document, 'table').map((one) =>
			all(all(one, 'tbody')[0]!, 'tr').map((line) => all(line, 'td').map(textOf)),
		);
		expect(causes![1]!.slice(0, 3)).toEqual([
			'Job 800 has no project Fill in procore_project_id for job 800.',
			...['99', '9,909.90'],
		]);
		expect(causes![1]!.at(-1)).toBe('Choose a project Replay 99 records');
	});

	it('tell when they are queued already', () => {
		const page = draw('page=waiting', { parked: [parked()], requests: [request()] });
		expect(page).not.toContain('name="cause" value="procore-refused"');
	});

	it('say aloud when more wait than were read', () => {
		const many = ofJob('800', 0, 2_001);
		expect(draw('page=waiting', { parked: many })).toContain('Only the newest 2,000');
	});
});

describe('the list of records', () => {
	const rows = asRows([...ofJob('800', 0, 60, '1'), ...ofJob('700', 100, 60, '2')]);
	const choose = (given: object) =>
		chooseRecords(rows, { ...readQuestion({ page: 'waiting', ...given }, NOW) });

	it('is sorted and paged; a page that is none is the last', () => {
		expect(choose({}).shown[0]!.gp_amount).toBe('2');
		expect(choose({ place: '3' }).shown).toHaveLength(20);
		expect(choose({ place: '999' })).toMatchObject({ place: 3, places: 3 });
		expect(choose({ sort: 'name' }).shown[0]!.gp_label).toBe('Invoice 0');
	});

	it('shows one cause, or what contains a word or an amount', () => {
		const cause = { cause: 'job-without-project', about: 'J:700' };
		expect(choose(cause).fitting).toHaveLength(60);
		expect(choose({ ...cause, q: 'invoice 159' }).fitting).toHaveLength(1);
		expect(choose({ ...cause, about: 'J:70' }).fitting).toEqual([]);
		expect(choose({ entity: 'vendor' }).fitting).toEqual([]);
	});

	it('finds a record by its amount and vendor as the page shows them', () => {
		const given = [
			...ofJob('800', 0, 3),
			parked({ gp_key: '1;77', gp_label: 'Invoice 77', payload: '{"vendorName":"Nordbau Ltd"}' }),
		];
		for (const q of ['1,250.50', '1250.5', 'nordbau']) {
			const html = draw(`page=waiting&q=${q}`, { parked: given });
			expect(html).toContain('Invoice 77');
			expect(html).not.toContain('No record that waits fits this');
		}
	});

	it('keeps what was chosen on the way to the next page', () => {
		const html = draw('page=waiting&cause=job-without-project&about=J%3A700&sort=name&q=invoice', {
			parked: rows,
		});
		const next = all(parseHtml(html), 'a').find((link) => textOf(link) === 'Next page')!;
		expect(Object.fromEntries(new URLSearchParams(next.attributes.href!.slice(1)))).toEqual({
			...{ page: 'waiting', cause: 'job-without-project', about: 'J:700' },
			...{ sort: 'name', q: 'invoice', place: '2' },
		});
	});
});

describe('records beyond those that are read at once', () => {
	const rows = [...ofJob('700', 0, 1), ...ofJob('800', 1, 2_000)];

	it('lead to their own cause on their own page', () => {
		const [link] = all(parseHtml(draw('page=waiting&before=900', { parked: rows })), 'a').filter(
			({ attributes }) => attributes.href?.includes('J%3A800'),
		);
		expect(link!.attributes.href).toContain('before=900');
		const html = draw('page=waiting&before=900&sort=name', { parked: rows });
		expect(html).toContain('name="before" value="900"');
	});

	it('are not said to be gone, and are not counted as all', () => {
		const cause = 'page=waiting&cause=job-without-project&company=TWO';
		const gone = draw(`${cause}&about=J%3A1`, { parked: rows });
		expect(gone).not.toContain('No record waits for this any more');
		expect(gone).toContain('newest 2,000');
		expect(draw(`${cause}&about=J%3A700`, { parked: rows })).toContain('newest 2,000');
		expect(draw(`${cause}&about=J%3A1`, { parked: [] })).toContain('Nothing waits here');
		expect(draw(`${cause}&about=J%3A1`, { parked: ofJob('700', 0, 1) })).toContain(
			'No record waits for this any more',
		);
	});
});

describe('a replay of one cause', () => {
	const form = {
		...{ token: replayToken(LOGIN, now)!, cause: 'job-without-project', about: 'J:800' },
		company: 'TWO',
	};

	it('asks for its records and for no other', () => {
		const reading = readReplayForm(form, LOGIN, now);
		if (!reading.accepted) throw new Error(reading.message);
		expect(reading.order.look).toMatchObject({ company: 'TWO', code: 'job-without-project' });
		const others = [...ofJob('80', 500, 5), ...ofJob('8000', 600, 5)];
		const plan = planReplay(reading.order, { parked: [...ofJob('800', 0, 99), ...others] }, NOW)!;
		expect(plan.rows).toHaveLength(99);
		expect(plan.rows[0]).toMatchObject({ reason: 'replay', requested_by: 'page: accounting' });
		expect(plan.started).toMatch(/^\?page=waiting&notice=started$/);
	});

	it('is nothing when nobody waits for it, and refused without company or with a foreign token', () => {
		const reading = readReplayForm(form, LOGIN, now);
		if (!reading.accepted) throw new Error(reading.message);
		expect(planReplay(reading.order, { parked: ofJob('80', 0, 5) }, NOW)).toBeNull();
		expect(readReplayForm({ ...form, company: '' }, LOGIN, now)).toMatchObject({ status: 400 });
		expect(readReplayForm({ ...form, token: 'x.y' }, LOGIN, now)).toMatchObject({ status: 403 });
	});
});

describe('an exported workbook', () => {
	it('says what it holds, and what could not be read', () => {
		const tables = {
			events: [event()],
			parked: [parked(), parked()],
			differences: [{ error: 'no table' }],
		};
		const { name, bytes } = runSteps(
			exportWorkbook({ from: '2026-03-01', to: '2026-03-02' }, tables, NOW),
		);
		expect(name).toBe('gp-to-procore-2026-03-01-2026-03-02.xlsx');
		const text = Buffer.from(bytes).toString('latin1');
		for (const said of ['no table', 'Invoice INV-88', 'sheet4.xml', 'Waiting records'])
			expect(text).toContain(said);
	});
});
