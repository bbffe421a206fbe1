import { AccountBooks, type AccountBooksOptions } from '../../lib/reconcile/account-books';
import { fixRequests } from '../../lib/reconcile/differences';
import { causeOfUnlisted } from '../../lib/reconcile/gp-documents';
import { inWords } from '../../lib/reconcile/comparison';
import type { ExpectedCost, StandingDirectCost } from '../../lib/reconcile/reconcile.types';
import { tableRows } from '../../lib/reconcile/table-rows';
import { readDirectCostOriginId } from '../../lib/model/keys';

const originOf = (voucher: string, project = '1') => `GP:TWO:PM:1:${voucher}:P:${project}`;

function cost(voucher: string, amount: string, given: Partial<ExpectedCost> = {}): ExpectedCost {
	const originId = originOf(voucher, given.projectId);
	return {
		originId,
		projectId: '1',
		vendorId: 'V',
		voided: false,
		source: { key: `1;${voucher}`, label: `Invoice ${voucher}` },
		header: { status: 'approved', direct_cost_date: '2026-02-27' },
		lines: [{ originId: `${originId}:L:1`, costCode: '5110', costType: 'M', amount }],
		...given,
	};
}

function standing(of: ExpectedCost, given: Partial<StandingDirectCost> = {}): StandingDirectCost {
	return {
		id: `id of ${of.originId}`,
		projectId: of.projectId,
		originId: of.originId,
		vendor: 'V',
		invoiceNumber: 'INV',
		status: 'approved',
		date: of.header.direct_cost_date ?? null,
		lines: of.lines.map((line) => ({ ...line })),
		...given,
	};
}

function books(options: Partial<AccountBooksOptions> = {}): AccountBooks {
	return new AccountBooks({
		by: [['projectId']],
		documentOf: (originId) => {
			const origin = readDirectCostOriginId(originId);
			return origin?.company === 'TWO' ? origin.key : null;
		},
		...options,
	});
}

/** A document of GP with what mapping made of it. */
function put(into: AccountBooks, of: ExpectedCost, amount = of.lines[0].amount): void {
	const { key, label } = of.source;
	into.document({ key, label, amount, vendor: 'V', month: '2026-02' });
	into.expect(of);
}

const causes = (into: AccountBooks) =>
	into.finish().differences.map(({ cause, amount }) => [cause, amount]);

test('a document whose parts do not add up to its cost in GP is named, and counts as unexplained', () => {
	const both = books();
	put(both, cost('1', '10.00'), '12.00');
	put(both, cost('2', '10.00'), '8.00');
	both.project('1', [standing(cost('1', '10.00')), standing(cost('2', '10.00'))]);
	const { total, differences } = both.finish();
	// The two faults would cancel out with their signs.
	expect(total).toMatchObject({ difference: '0', unexplained: '4' });
	expect(differences.map(({ cause, document }) => [cause, document])).toEqual([
		['unexplained', 'Invoice 1'],
		['unexplained', 'Invoice 2'],
	]);
});

test.each([
	['no total', undefined, []],
	['none that it tells', null, []],
	['that of its lines', '10.00', []],
	['more than its lines', '12.00', [['differs', '-2']]],
])('a direct cost that shows %s', (_what, total, expected) => {
	const both = books({ evidenceOf: () => ({ gp: 'unknown', procore: 'unknown' }) });
	put(both, cost('1', '10.00'));
	both.project('1', [standing(cost('1', '10.00'), { total })]);
	expect(causes(both)).toEqual(expected);
});

test('one entered in Procore without a date is of no month, and counts where all months do', () => {
	const byHand = standing(cost('1', '10.00'), { originId: null, date: null });
	const all = books();
	all.project('1', [byHand]);
	expect(causes(all)).toEqual([['notFromGp', '-10']]);
	const some = books({ from: '2026-01' });
	some.project('1', [byHand]);
	expect(causes(some)).toEqual([]);
});

test('a direct cost in a project that the mapping no longer names is stale', () => {
	const both = books();
	put(both, cost('1', '10.00', { projectId: '2' }));
	both.project('2', [standing(cost('1', '10.00', { projectId: '2' }))]);
	both.project('1', [standing(cost('1', '10.00'))]);
	expect(causes(both)).toEqual([['stale', '-10']]);
});

test('what waits in the parked table or is asked for already says so, and is not asked for again', () => {
	const both = books({
		parked: new Map([['1;1', { message: 'No vendor', remedy: 'Add it' }]]),
		requested: new Set(['1;2']),
	});
	put(both, cost('1', '10.00'));
	put(both, cost('2', '5.00'));
	const { differences } = both.finish();
	expect(differences).toMatchObject([
		{ cause: 'parked', message: 'No vendor', remedy: 'Add it' },
		{ cause: 'waitingRequest' },
	]);
	const given = { company: 'TWO', drift: 'overwrite' as const, now: 'now', requestedBy: 'me' };
	expect(fixRequests(differences, given)).toEqual([]);
});

test('so does what stands of it in a project the mapping no longer names', () => {
	const parked = new Map([['1;1', { message: 'No vendor', remedy: 'Add it' }]]);
	const stands = (options: Partial<AccountBooksOptions>) => {
		const both = books(options);
		put(both, cost('1', '10.00', { projectId: '2' }));
		both.project('1', [standing(cost('1', '10.00'))]);
		both.project('2', [standing(cost('1', '10.00', { projectId: '2' }))]);
		return both.finish().differences.map(({ cause, message }) => [cause, message]);
	};
	expect(stands({ parked })).toEqual([['parked', 'No vendor']]);
	const requested = new Set(['1;1']);
	const [[cause, message]] = stands({ requested });
	expect([cause, message]).not.toContain('stale');
	expect(stands({})).toEqual([['stale', expect.not.stringContaining('No vendor')]]);
});

test.each([
	[true, 'there', 'notRead'],
	[false, 'there', 'notRead'],
	[true, 'notThere', 'goneFromGp'],
	[false, 'notThere', 'goneFromGp'],
	[true, 'notAsked', 'goneFromGp'],
	[false, 'notAsked', 'notRead'],
] as const)(
	'a record whose document is not listed, the list whole: %p, GP answered: %s: %s',
	(listIsWhole, answered, cause) => {
		expect(causeOfUnlisted(listIsWhole, answered).cause).toBe(cause);
	},
);

test('a project that Procore does not let be read leaves its documents open, with the reason', () => {
	const both = books();
	put(both, cost('1', '10.00'));
	both.unread('1', 'Not permitted', 'Permit the project');
	const { differences, total } = both.finish();
	expect(differences).toMatchObject([{ cause: 'notRead', message: 'Not permitted' }]);
	expect(total.unexplained).toBe('0');
});

test('records of another GP company are none of this comparison', () => {
	const both = books();
	const other = standing(cost('9', '10.00'), { originId: 'GP:THREE:PM:1:9:P:1' });
	both.project('1', [other]);
	expect(both.finish()).toMatchObject({ differences: [], total: { procore: '0' } });
});

test('with months, what lies outside them is left alone unless its date was changed in Procore', () => {
	const both = books({ from: '2026-02', to: '2026-02' });
	put(both, cost('1', '10.00'));
	both.outside('1;2');
	both.project('1', [
		standing(cost('1', '10.00')),
		standing(cost('2', '7.00'), { date: '2025-11-30' }),
		standing(cost('2', '3.00'), { id: 'moved', date: '2026-02-01' }),
	]);
	// Nothing shows whether GP's date was changed, or Procore's.
	expect(causes(both)).toEqual([['differs', '-3']]);
});

test.each(['projectId', 'costCode', 'vendor', 'month'] as const)(
	'an amount that stands at another %s is shown at both',
	(place) => {
		const both = books({ by: [[place]] });
		put(both, cost('1', '10.00'));
		const edited = standing(cost('1', '10.00'), {
			...(place === 'vendor' ? { vendor: 'W' } : {}),
			...(place === 'month' ? { date: '2026-03-01' } : {}),
			...(place === 'costCode'
				? { lines: [{ ...cost('1', '10.00').lines[0]!, costCode: '9999' }] }
				: {}),
			...(place === 'projectId' ? { projectId: '2' } : {}),
		});
		both.project('1', place === 'projectId' ? [] : [edited]);
		if (place === 'projectId') both.project('2', [edited]);
		const { differences, breakdowns } = both.finish();
		expect(differences.map(({ amount }) => Number(amount)).sort()).toEqual([-10, 10]);
		expect(new Set(differences.map((one) => one[place])).size).toBe(2);
		expect(breakdowns[0]!.map(({ difference }) => Number(difference)).sort()).toEqual([-10, 10]);
	},
);

test('tax that Procore works out by tax code is no edit', () => {
	const both = books();
	const taxed = cost('1', '10.00');
	put(both, { ...taxed, lines: [{ ...taxed.lines[0], taxCodeId: '7' }] });
	both.project('1', [standing(taxed, { total: '10.80' })]);
	expect(causes(both)).toEqual([['skipped', '-0.8']]);
});

test('beside such a tax, an edited line stays an edit, and a missing document is missing', () => {
	const taxed = cost('1', '10.00');
	const [line] = taxed.lines;
	const all = (costCode: string, records: StandingDirectCost[]) => {
		const both = books();
		put(both, { ...taxed, lines: [{ ...line, costCode, taxCodeId: '7' }] });
		both.project('1', records);
		return causes(both);
	};
	const edited = standing(taxed, { lines: [{ ...line, amount: '12.00' }], total: '12.80' });
	const found = all('5110', [edited]);
	expect(found.filter(([cause]) => cause === 'skipped')).toEqual([['skipped', '-0.8']]);
	expect(found.map(([, amount]) => amount).sort()).toEqual(['-0.8', '-2']);
	expect(all('', [])).toEqual([['missing', '10.00']]);
});

describe('a document that bills an order of the project', () => {
	const billing = (then: 'requisition' | 'skip') =>
		cost('1', '10.00', { commitment: { number: 'SC-1', then } });

	test('may stand as subcontractor invoice, whose items name no cost codes', () => {
		const both = books();
		put(both, billing('requisition'));
		expect([...both.ordersBilled('1')]).toEqual(['requisition']);
		const items = [{ originId: null, costCode: '', costType: '', amount: '10.00' }];
		both.project('1', [standing(billing('requisition'), { kind: 'requisition', lines: items })]);
		expect(causes(both)).toEqual([]);
	});

	test('a subcontractor invoice that somebody entered is told by what it bills, a cost of nothing once', () => {
		const item = (costCode: string, amount: string) => ({
			...{ originId: null, costType: '', costCode, amount },
		});
		const entered = (lines: StandingDirectCost['lines'], kind?: 'requisition') => {
			const both = books();
			const given = { originId: null, lines, ...(kind ? { kind } : {}) };
			both.project('1', [standing(cost('1', '10.00'), given)]);
			return causes(both);
		};
		const items = [item('1', '0.00'), item('2', '10.00'), item('3', '0.00')];
		expect(entered(items, 'requisition')).toEqual([['notFromGp', '-10']]);
		expect(entered([item('1', '0.00'), item('2', '0.00')])).toEqual([['notFromGp', '0']]);
	});

	test('is left out by policy where the order is there, and missing where it is not', () => {
		const both = books();
		put(both, billing('skip'));
		both.project('1', [], (number) => number === 'SC-1');
		expect(causes(both)).toEqual([['skipped', '10.00']]);
		const other = books();
		put(other, billing('skip'));
		other.project('1', []);
		expect(causes(other)).toEqual([['missing', '10.00']]);
	});
});

test('edits are asked to be mended only where GP is to win, each document once', () => {
	const both = books();
	put(both, cost('1', '10.00'));
	const line = { ...cost('1', '10.00').lines[0], costCode: '9999' };
	both.project('1', [standing(cost('1', '10.00'), { lines: [line] })]);
	const { differences } = both.finish();
	expect(differences).toHaveLength(2);
	const given = { company: 'TWO', now: '2026-07-01T00:00:00.000Z', requestedBy: 'me' };
	expect(fixRequests(differences, { ...given, drift: 'keep' })).toEqual([]);
	expect(fixRequests(differences, { ...given, drift: 'overwrite' })).toMatchObject([
		{ entity: 'payable', gp_company: 'TWO', gp_key: '1;1', reason: 'reconcile', tries: 0 },
	]);
});

test('the rows begin with the total, and sum up differences beyond the most that are listed', () => {
	const both = books();
	for (let index = 1; index <= 5; index++) put(both, cost(String(index), `${index}000.50`));
	const comparison = both.finish();
	const rows = tableRows(comparison, [], {
		at: 'now',
		company: 'TWO',
		runId: '7',
		by: [['projectId']],
		projectName: () => 'Garage',
		vendorName: () => 'Acme',
		mostDifferences: 2,
	});
	expect(rows.map(({ row_kind }) => row_kind)).toEqual([
		'total',
		'project',
		'difference',
		'difference',
		'difference',
	]);
	expect(rows[1]).toMatchObject({
		project: 'Garage',
		explained: 'missing 15002.50',
		unexplained: '0.00',
	});
	expect(rows.at(-1)).toMatchObject({ cause: 'more', explained: '3 more, smaller ones' });
	expect(inWords(comparison, 5).text).toBe(
		'GP has 15,002.50 in 5 documents, Procore 0.00; the difference is 15,002.50. Of that, 15,002.50 missing in Procore. Nothing is unexplained. Each difference stands with its document in the table gpp_reconciliation. The next run can mend 5 of what differs.',
	);
});

test('documents only a second reading or the count knows of are named, and numbered', () => {
	const both = books();
	put(both, cost('1', '10.00'));
	both.project('1', [standing(cost('1', '10.00'))]);
	both.secondLook({ keys: new Set(['1;1', '1;2']), counted: 5 });
	const comparison = both.finish();
	expect(comparison.missing).toBe(4);
	expect(comparison.differences).toMatchObject([{ cause: 'notRead', key: '1;2' }]);
	expect(inWords(comparison, 0, '4 documents of GP are missing')).toMatchObject({
		title: 'Not proven: documents may be missing from this comparison',
		text: expect.stringContaining('Not proven complete: 4 documents of GP are missing.'),
	});
});

test('a second reading that found the same, or less, misses nothing', () => {
	const both = books();
	put(both, cost('1', '10.00'));
	both.secondLook({ keys: new Set(), counted: null });
	both.secondLook({ keys: new Set(['1;1']), counted: 1 });
	expect(both.finish().missing).toBe(0);
});

describe('a record in Procore whose document GP did not list', () => {
	const unlisted = (answer?: 'there' | 'notThere' | 'notAsked') => {
		const both = books();
		both.project('1', [standing(cost('7', '10.00'))]);
		expect(both.unlisted()).toEqual(['1;7']);
		if (answer) both.askedByKey(new Map([['1;7', answer]]));
		return both;
	};

	test.each([
		[true, 'there', 'notRead', 1],
		[true, 'notThere', 'goneFromGp', 0],
		[true, 'notAsked', 'goneFromGp', 0],
		[true, undefined, 'goneFromGp', 0],
		[false, 'there', 'notRead', 1],
		[false, 'notThere', 'goneFromGp', 0],
		[false, 'notAsked', 'notRead', 0],
		[false, undefined, 'notRead', 0],
	] as const)('list whole: %s, asked by key: %s: %s', (listIsWhole, answer, cause, missing) => {
		const comparison = unlisted(answer).finish({ listIsWhole });
		expect(comparison.differences).toMatchObject([{ cause, key: '1;7', amount: '-10' }]);
		expect(comparison.missing).toBe(missing);
		expect(comparison.total.unexplained).toBe('0');
		const given = { company: 'TWO', drift: 'overwrite' as const, now: '', requestedBy: '' };
		expect(fixRequests(comparison.differences, given)).toHaveLength(cause === 'goneFromGp' ? 1 : 0);
	});

	test('one document shown to be missing makes nobody believe the others to be gone', () => {
		const both = books();
		both.project('1', [standing(cost('7', '10.00')), standing(cost('8', '5.00'))]);
		both.askedByKey(new Map([['1;7', 'there']]));
		expect(causes(both)).toEqual([
			['notRead', '-10'],
			['notRead', '-5'],
		]);
	});

	test('one that waits is named as not read when GP has it and does not list it', () => {
		const both = books({ parked: new Map([['1;9', { message: 'No vendor', remedy: 'Add it' }]]) });
		both.askedByKey(new Map([['1;9', 'there']]));
		expect(both.finish()).toMatchObject({
			missing: 1,
			differences: [{ cause: 'notRead', key: '1;9', amount: '0' }],
		});
	});

	test('one that waits is named when GP has it no more, so that the next run looks', () => {
		const both = books({ parked: new Map([['1;9', { message: 'No vendor', remedy: 'Add it' }]]) });
		expect(both.unlisted()).toEqual(['1;9']);
		both.askedByKey(new Map([['1;9', 'notThere']]));
		expect(both.finish().differences).toMatchObject([
			{
				cause: 'goneFromGp',
				key: '1;9',
				amount: '0',
				message: expect.stringMatching(/parked table/),
			},
		]);
	});
});

test.each([
	[
		'listed, but unreadable',
		(both: AccountBooks) => both.unreadable('1;7', 'Invoice 7', 'Why', ''),
	],
	[
		'found by the second reading only',
		(both: AccountBooks) => both.secondLook({ keys: new Set(['1;7']), counted: null }),
	],
])('what stands in Procore of a document %s is no edit', (_how, prepare) => {
	const both = books();
	prepare(both);
	both.project('1', [standing(cost('7', '10.00'))]);
	expect(new Set(causes(both).map(([cause]) => cause))).toEqual(new Set(['notRead']));
});

describe('a document of which GP no longer tells the lines', () => {
	const leftOut = (code: 'no-distributions' | 'intercompany-unknown', amount: string) => ({
		outcome: 'parked' as const,
		source: { key: '1;1', label: 'Invoice 1', amount },
		reason: { code, message: `why ${code}`, remedy: 'Enter it.' },
		month: '2026-02',
	});
	const of = (
		history: boolean,
		code: Parameters<typeof leftOut>[0],
		amount: string,
		more: Parameters<typeof books>[0] = {},
	) => {
		const both = books({ from: '2026-02', to: '2026-02', ...more });
		both.document({ key: '1;1', label: 'Invoice 1', amount, vendor: 'V', month: '2026-02' });
		both.leaveOut({ ...leftOut(code, amount), history });
		return both;
	};
	const mended = (differences: Parameters<typeof fixRequests>[0]) =>
		fixRequests(differences, { company: 'TWO', drift: 'overwrite', now: '', requestedBy: '' });

	test.each([
		['no-distributions', '0', ['asSent', '-10.00']],
		['intercompany-unknown', '12.00', ['asSent', '12.00'], ['asSent', '-10.00']],
	] as const)('stands as sent (%s), explained and never mended', (code, amount, ...expected) => {
		const both = of(true, code, amount);
		// Dated otherwise in Procore, it is the document of these months all the same.
		both.project('1', [standing(cost('1', '10.00'), { date: '2026-05-01' })]);
		const { differences, total } = both.finish();
		expect(differences.map(({ cause, amount: of }) => [cause, Number(of)])).toEqual(
			expected.map(([cause, of]) => [cause, Number(of)]),
		);
		expect(Number(total.unexplained)).toBe(0);
		expect(mended(differences)).toEqual([]);
	});

	test.each([
		['asSent', 'asSent', /^Stands as it was sent/],
		['unknown', 'asSent', /cannot be shown/],
		['edited', 'asSentEdited', /^Was changed in Procore after it was sent/],
	] as const)('%s in Procore, as far as is shown: %s, and never mended', (shown, cause, words) => {
		const both = of(true, 'no-distributions', '0', { standsAsSent: () => shown });
		both.project('1', [standing(cost('1', '10.00'))]);
		const { differences } = both.finish();
		expect(differences).toMatchObject([{ cause, message: expect.stringMatching(words) }]);
		expect(mended(differences)).toEqual([]);
	});

	test('a draft of it counts nowhere and is named', () => {
		const both = of(true, 'no-distributions', '0');
		both.project('1', [standing(cost('1', '10.00'), { status: 'draft' })]);
		const { differences } = both.finish();
		expect(differences).toMatchObject([
			{ cause: 'asSentEdited', key: '1;1', message: expect.stringMatching(/without counting/) },
		]);
		expect(mended(differences)).toEqual([]);
	});

	test('a copy of it in the same project is a duplicate', () => {
		const both = of(true, 'no-distributions', '0');
		const one = standing(cost('1', '10.00'));
		both.project('1', [one, { ...one, id: 'copy' }]);
		expect(
			causes(both)
				.map(([cause]) => cause)
				.sort(),
		).toEqual(['asSent', 'duplicate']);
	});

	test('one that stands nowhere is named as waiting, whatever its amount', () => {
		const both = of(true, 'no-distributions', '0');
		both.project('1', []);
		const { differences } = both.finish();
		expect(differences).toMatchObject([{ cause: 'parked', key: '1;1', remedy: 'Enter it.' }]);
		expect(mended(differences)).toEqual([]);
	});

	test('an open one waits, and so does what stands of it', () => {
		const both = of(false, 'no-distributions', '0');
		both.project('1', [standing(cost('1', '10.00'))]);
		const { differences, total } = both.finish();
		expect(differences).toMatchObject([{ cause: 'parked', key: '1;1' }]);
		expect(Number(total.unexplained)).toBe(0);
		expect(mended(differences)).toEqual([]);
	});
});

describe('a document that stands in Procore and cannot be sent any more', () => {
	const compared = (parked?: AccountBooksOptions['parked']) => {
		const both = books(parked ? { parked } : {});
		both.document({
			key: '1;1',
			label: 'Invoice 1',
			amount: '10.00',
			vendor: 'V',
			month: '2026-02',
		});
		both.leaveOut({
			outcome: 'parked',
			source: { key: '1;1', label: 'Invoice 1', amount: '10.00' },
			reason: { code: 'crosswalk-ambiguous', message: 'Two rows', remedy: 'Delete one.' },
			month: '2026-02',
		});
		both.project('1', [standing(cost('1', '10.00'))]);
		return both.finish().differences.filter(({ projectId }) => projectId === '1');
	};

	test('says why where no table does: no run has read it since', () => {
		expect(compared()).toMatchObject([
			{
				cause: 'parked',
				message: 'Stands as it was sent, and would wait as it is now: Two rows',
				remedy: 'Delete one.',
			},
		]);
	});

	test('says what its row says where it waits', () => {
		const row = { message: 'Three rows', remedy: 'Delete two.' };
		expect(compared(new Map([['1;1', row]]))).toMatchObject([{ cause: 'parked', ...row }]);
	});
});
