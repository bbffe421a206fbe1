import { readFileSync } from 'node:fs';
import { type CrosswalkChoice, readAct, replayToken } from '../../lib/report/acts/read-act';
import { type CrosswalkPlan, planCrosswalk } from '../../lib/report/acts/plan-acts';
import { readQuestion } from '../../lib/report/read/question';
import { all, parseHtml, textOf } from './parse-html';
import { draw, event, NOW, parked, request, row } from './samples';

const LOGIN = `Basic ${Buffer.from('accounting:a long password').toString('base64')}`;
const now = Date.parse(NOW);
const FORM = {
	...{ token: replayToken(LOGIN, now)!, act: 'crosswalk', kind: 'job', company: 'TWO' },
	...{ key: '800', target: '9002 | Lincoln School', action: 'send', note: 'asked the PM' },
};

const job = (given: Record<string, string | number> = {}) =>
	row('projects', { gp_company: 'TWO', gp_job: '800', gp_job_name: 'Lincoln', ...given });

function choice(given: object = {}): CrosswalkChoice {
	const act = readAct({ ...FORM, ...given }, LOGIN, now);
	if (!act.accepted || act.act !== 'crosswalk') throw new Error(JSON.stringify(act));
	return act.choice;
}

function plan(given: object, tables: Record<string, object[]>): CrosswalkPlan {
	const planned = planCrosswalk(choice(given), tables, NOW);
	if (typeof planned === 'string') throw new Error(planned);
	return planned;
}

describe('a choice made on the page', () => {
	it('is read with the name of the login', () => {
		expect(choice()).toEqual({
			...{ kind: 'job', company: 'TWO', key: '800', target: '9002', targetName: 'Lincoln School' },
			...{ costType: '', action: 'send', note: 'asked the PM', by: 'accounting' },
			...{ keyPattern: '800', touchPattern: '%|J:800|%', causeKey: 'J:800' },
		});
	});

	it.each([
		[{ kind: 'project' }, 400],
		[{ kind: 'constructor' }, 400],
		[{ key: '' }, 400],
		[{ action: 'delete' }, 400],
		// Only accounts know accruals.
		[{ action: 'accrual' }, 400],
		[{ kind: 'vendor', target: 'ACME' }, 400],
		[{ token: '' }, 403],
		[{ token: replayToken(`${LOGIN}x`, now)! }, 403],
		[{ token: replayToken(LOGIN, now - 13 * 3_600_000)! }, 403],
	])('with %j is refused', (given, status) => {
		expect(readAct({ ...FORM, ...given }, LOGIN, now)).toMatchObject({ accepted: false, status });
	});

	it('is bounded: one line of each part', () => {
		const long = choice({ note: `a\n${'x'.repeat(900)}`, target: 'y'.repeat(900) });
		expect(long.note).toHaveLength(200);
		expect(long.note).not.toContain('\n');
		expect(long.target).toHaveLength(300);
	});

	it('changes the row that stands, keeps its spelling and its GP name, and logs before and after', () => {
		const standing = job({ procore_project_id: '9001', procore_project_name: 'Old' });
		const { crosswalkRows, log } = plan({}, { jobs: [standing], parked: [parked()] });
		expect(crosswalkRows).toEqual([
			{
				...{ row_id: standing.id, gp_company: 'TWO', gp_job: '800', action: 'send' },
				...{ procore_project_id: '9002', procore_project_name: 'Lincoln School' },
				note: 'asked the PM',
			},
		]);
		expect(log).toEqual({
			...{ at: NOW, by: 'accounting', act: 'crosswalk', subject: 'job 800', gp_company: 'TWO' },
			...{ before: '9001 (Old)', after: '9002 (Lincoln School)', records: 0 },
		});
	});

	it('adds a row where none stands, and makes all agree where several do', () => {
		const other = job({ gp_company: 'THREE' });
		expect(plan({}, { jobs: [other] }).crosswalkRows).toMatchObject([{ row_id: 0, gp_job: '800' }]);
		const two = [job({ procore_project_id: '1' }), job({ procore_project_id: '2' })];
		expect(plan({}, { jobs: two }).crosswalkRows.map((one) => one.row_id)).toEqual(
			two.map(({ id }) => id),
		);
	});

	it('does not give a new cost code the name of the old one', () => {
		const standing = row('accounts', {
			...{ gp_company: 'TWO', gp_account: '800-5110-02', cost_code: '5110' },
			cost_code_name: 'Concrete',
		});
		const of = (target: string) =>
			plan(
				{ kind: 'account', key: '800-5110-02', target, type: 'M', action: 'send' },
				{ accounts: [standing] },
			).crosswalkRows[0];
		expect(of('5110')).toMatchObject({ cost_code_name: 'Concrete', cost_type: 'M' });
		expect(of('5120')).toMatchObject({ cost_code: '5120', cost_code_name: '' });
	});

	it('asks for every record it concerns, once, with who asked', () => {
		const touches = '|V:ACME0001|J:800|';
		const { rows, start, started } = plan(
			{},
			{
				jobs: [job()],
				events: [
					event({ gp_key: '1;1', touches }),
					event({ gp_key: '1;1', touches }),
					event({ gp_key: '1;2', touches: '|J:8001|' }),
					event({ gp_key: '1;3', touches, gp_company: 'THREE' }),
				],
				parked: [
					parked({ gp_key: '1;4', cause_key: 'J:800' }),
					parked({ gp_key: '1;5', cause_key: 'J:80' }),
				],
				requests: [request({ gp_key: '1;6' })],
			},
		);
		expect(rows.map((one) => one.gp_key)).toEqual(['1;1', '1;4']);
		expect(rows[0]).toMatchObject({
			...{ reason: 'crosswalk', requested_by: 'crosswalk of job 800, page: accounting' },
		});
		expect(start).toBe(true);
		expect(started).toMatch(/^\?page=crosswalks&kind=job.*notice=saved$/);
	});

	it('that chooses nothing is not told as if what waits for it went', () => {
		const waiting = [parked({ cause_key: 'J:800' })];
		const { started } = plan({ target: '' }, { jobs: [job()], parked: waiting });
		expect(started).toMatch(/notice=saved-open$/);
		const [said] = all(parseHtml(draw(started.slice(1))), 'div', 'banner');
		expect(said!.attributes.class).toContain('warn');
		expect(textOf(said!)).toContain('goes on waiting');
		expect(plan({ target: '' }, { jobs: [job()] }).started).toMatch(/notice=saved-open$/);
		const left = plan({ target: '', action: 'skip' }, { jobs: [job()], parked: waiting });
		expect(left.started).toMatch(/notice=saved$/);
	});

	it('does not write over what somebody decided since the form was opened', () => {
		const shown = (jobs: object[]) => {
			const document = parseHtml(draw('page=crosswalks&kind=job&company=TWO&key=800', { jobs }));
			const field = all(document, 'input').find(({ attributes }) => attributes.name === 'stood');
			return { stood: field!.attributes.value! };
		};
		const open = shown([]);
		const decided = job({ procore_project_id: '9001', procore_project_name: 'Bridge' });
		const told = (given: object, jobs: object[]) => planCrosswalk(choice(given), { jobs }, NOW);
		expect(told(open, [decided])).toMatch(/^Nothing was saved.*now says “9001 \(Bridge\)”/);
		expect(told(shown([decided]), [job({ action: 'skip' })])).toMatch(/now says “skip”/);
		// Met by a run meanwhile, or noted by setup: nobody decided anything.
		expect(told(open, [job()])).toHaveProperty('crosswalkRows');
		expect(told(shown([decided]), [decided])).toHaveProperty('crosswalkRows');
		const two = [decided, job({ action: 'skip' })];
		expect(told(shown(two), [...two].reverse())).toHaveProperty('crosswalkRows');
		const odd = job({ procore_project_id: `9001\u200e${'x'.repeat(400)}` });
		expect(told(shown([odd]), [odd])).toHaveProperty('crosswalkRows');
		// Pressed twice, the second finds what the first saved.
		expect(told(open, [job({ procore_project_id: '9002' })])).toHaveProperty('crosswalkRows');
	});

	it.each(['KÖLN', 'ПР5', '800'])('about %s is made of the rows its form was made of', (key) => {
		const { crosswalk } = readQuestion({ page: 'crosswalks', kind: 'job', key }, NOW);
		expect(choice({ key }).keyPattern).toBe(crosswalk.job.pattern);
		const read = readFileSync('workflows/gp-to-procore-dashboard.json', 'utf8');
		expect(read.match(/"keyValue": ".*choice\.keyPattern }}"/g)).toHaveLength(3);
	});

	it('counts where its form could not read all rows: its own may be among the others', () => {
		const others = Array.from({ length: 2_001 }, (_, id) => job({ id, gp_job: `1800${id}` }));
		const document = parseHtml(
			draw('page=crosswalks&kind=job&company=TWO&key=800', { jobs: others }),
		);
		const field = all(document, 'input').find(({ attributes }) => attributes.name === 'stood');
		const decided = job({ procore_project_id: '9001' });
		const given = choice({ stood: field!.attributes.value });
		expect(planCrosswalk(given, { jobs: [decided] }, NOW)).toHaveProperty('crosswalkRows');
	});

	it('is not saved while a table cannot be read', () => {
		const told = planCrosswalk(choice(), { jobs: [{ error: 'no such table' }] }, NOW);
		expect(told).toMatch(/Nothing was saved.*no such table/);
	});
});

describe('a comparison asked for on the page', () => {
	it('is logged with who asked, and refused without a token of this visitor', () => {
		const { token } = FORM;
		expect(readAct({ token, act: 'reconcile', company: 'TWO' }, LOGIN, now)).toMatchObject({
			...{ accepted: true, log: { by: 'accounting', act: 'reconcile', gp_company: 'TWO' } },
		});
		expect(readAct({ token: 'x.y', act: 'reconcile' }, LOGIN, now)).toMatchObject({ status: 403 });
	});
});

describe('the crosswalk pages', () => {
	it('list rows, open ones alone if wanted, and lead to the form', () => {
		const jobs = [
			job(),
			job({ gp_job: '700', procore_project_id: '9', procore_project_name: 'Bridge' }),
			job({ gp_job: '600', action: 'skip' }),
		];
		const page = (query: string) => parseHtml(draw(`page=crosswalks&kind=job${query}`, { jobs }));
		const lines = (query: string) =>
			all(all(page(query), 'tbody')[0]!, 'tr').map((line) => all(line, 'td').map(textOf));
		expect(lines('')).toHaveLength(3);
		expect(lines('')[1]!.slice(0, 3)).toEqual(['700 Lincoln TWO', 'Bridge 9', 'send']);
		expect(lines('&open=yes').map(([first]) => first)).toEqual(['800 Lincoln TWO']);
		const [change] = all(all(page(''), 'tbody')[0]!, 'a');
		expect(change!.attributes.href).toBe('?page=crosswalks&kind=job&company=TWO&key=800');
	});

	const choices = [
		{
			choices: [
				{ value: '9001', name: 'Bridge', likely: true },
				{ value: '9002', name: 'Lincoln "School"', likely: false },
			],
			...{ costTypes: ['L', 'M'], note: '' },
		},
	];
	const form = (query: string, tables: object, more = {}) =>
		parseHtml(draw(`page=crosswalks&company=TWO&${query}`, { ...tables }, more));

	it('offer what Procore has, the likely first, and say how many records wait', () => {
		const document = form('kind=job&key=800', {
			...{ jobs: [job({ procore_project_id: '9002' })], choices },
			parked: [parked({ cause_key: 'J:800' }), parked({ cause_key: 'J:800', gp_key: '1;9' })],
		});
		const options = all(all(document, 'select').at(0)!, 'option');
		expect(options.map(textOf)).toEqual([
			...['not decided', 'Bridge (9001)', 'Lincoln "School" (9002)'],
		]);
		expect(options.map(({ attributes }) => 'selected' in attributes)).toEqual([false, false, true]);
		expect(all(document, 'button').map(textOf)).toContain('Save and replay 2 records');
	});

	it.each([
		[{ action: 'skip' }, 'Now leave it out (skip)'],
		// A project that stands in a row which is left out gets nothing.
		[{ action: 'Skip', procore_project_id: '9002' }, 'Now leave it out (skip)'],
		[{ action: 'Send', procore_project_id: '9002' }, 'Now 9002'],
		[{ action: 'later' }, 'Now unknown action “later”'],
		[{}, 'Now open'],
	])('say what the row %j says now', (given, said) => {
		const document = form('kind=job&key=800', { jobs: [job(given)], choices });
		expect(textOf(all(document, 'dl')[0]!)).toContain(said);
	});

	it('say what the records wait for, and what settles it', () => {
		const document = form('kind=account&key=000-5330-03', {
			parked: [
				parked({
					...{ reason_code: 'no-job', cause_key: 'A:000-5330-03' },
					remedy: 'Set the account to skip.',
				}),
			],
		});
		expect(textOf(document)).toContain(
			'No job was found for account 000-5330-03 Set the account to skip. A cost code does not settle this',
		);
		const coded = { reason_code: 'cost-code-missing', cause_key: 'A:000-5330-03' };
		expect(textOf(form('kind=account&key=000-5330-03', { parked: [parked(coded)] }))).not.toContain(
			'A cost code does not settle this',
		);
	});

	it('count no records of another company that wait for a job of the same number', () => {
		const document = form('kind=job&key=800', {
			parked: [
				parked({ cause_key: 'J:800' }),
				parked({ cause_key: 'J:800', gp_company: 'THREE', gp_amount: '9000' }),
			],
		});
		expect(all(document, 'button').map(textOf)).toContain('Save and replay 1 record');
		expect(textOf(document)).toContain('1 record, 1,250.50');
	});

	it('let the value be typed where Procore could not be read, and say why', () => {
		const document = form('kind=account&key=1-2', { choices: [{ problem: 'Procore is down' }] });
		expect(textOf(document)).toContain('Procore is down');
		const named = all(document, 'input').map(({ attributes }) => attributes.name);
		expect(named).toEqual(expect.arrayContaining(['target', 'type', 'note']));
	});

	it('propose instead of listing where there are very many', () => {
		const many = Array.from({ length: 600 }, (_, index) => ({
			...{ value: String(index), name: `Vendor ${index}`, likely: false },
		}));
		const document = form('kind=vendor&key=ACME', { choices: [{ choices: many, costTypes: [] }] });
		expect(all(document, 'datalist').flatMap((list) => all(list, 'option'))).toHaveLength(600);
		expect(textOf(document)).toContain('600 Procore vendors are too many for a list');
	});

	it('say so where there is nothing to choose from, instead of showing a bare field', () => {
		const none = { choices: [{ choices: [], costTypes: [], note: '', problem: '' }] };
		expect(textOf(form('kind=job&key=800', none))).toContain(
			'There are no Procore projects to choose from',
		);
		expect(textOf(form('kind=account&key=1-2', none))).toContain(
			'There are no cost codes to choose from',
		);
		expect(textOf(form('kind=job&key=800', { choices }))).not.toContain('so type what is meant');
	});

	it('show no form to a visitor without login', () => {
		const document = form('kind=job&key=800', { choices }, { token: null });
		expect(all(document, 'form').some(({ attributes }) => attributes.method === 'post')).toBe(
			false,
		);
	});
});
