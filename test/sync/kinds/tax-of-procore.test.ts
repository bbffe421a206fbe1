import type { DesiredDirectCost } from '../../../lib/model/desired';
import { syncDirectCosts } from '../../../lib/sync/kinds/sync-direct-costs';
import { clientOf, directCost, PROJECT } from '../../procore/support/desired';
import { FakeProcore } from '../../procore/support/fake-procore';

type Row = Record<string, any>;

/** Procore puts 10 % on each line with a tax code, and by default a code of the company's own. */
class TaxingProcore extends FakeProcore {
	tells = true;
	usualCode: number | undefined;

	protected override showLine(line: Row): Row {
		return { ...super.showLine(line), tax_code_id: line.tax_code_id ?? this.usualCode ?? null };
	}

	override showCost(cost: Row): Row {
		const shown = super.showCost(cost);
		const subtotal = Number(shown.grand_total);
		const own = this.lines.filter((line) => line.direct_cost_id === cost.id);
		const taxed = own.filter((line) => line.tax_code_id ?? this.usualCode);
		const tax = taxed.reduce((sum, { amount }) => sum + Number(amount) / 10, 0);
		const breakdown = { subtotal: String(subtotal), tax_total: String(tax) };
		return {
			...{ ...shown, grand_total: String(subtotal + tax) },
			...(this.tells ? { tax_breakdown: breakdown } : {}),
		};
	}
}

let fake: TaxingProcore;
beforeEach(() => {
	fake = new TaxingProcore();
	fake.vendors = [{ id: 11, name: 'Acme', origin_id: 'GP:TWO:V:ACME' }];
	fake.codes = [{ id: 21, project_id: Number(PROJECT), code: '5110', name: 'Materials' }];
});

const run = async (one: DesiredDirectCost) =>
	(await syncDirectCosts(clientOf(fake.transport), [one], { dryRun: false }))[0];
function invoice(amount: string, taxCodeId?: string, more?: Parameters<typeof directCost>[2]) {
	const one = directCost('1', [amount], more);
	if (taxCodeId) for (const line of one.lines) line.taxCodeId = taxCodeId;
	return one;
}

describe('tax that Procore works out by the tax code of the lines', () => {
	test('is no difference: read again, the document stands, and a correction goes', async () => {
		expect(await run(invoice('1000', '5'))).toMatchObject({ outcome: 'created' });
		expect(fake.showCost(fake.costs[0]).grand_total).toBe('1100');
		fake.requests = [];
		expect(await run(invoice('1000', '5'))).toMatchObject({ outcome: 'unchanged' });
		expect(fake.writes).toHaveLength(0);
		const corrected = await run(invoice('1200', '5'));
		expect(corrected).toMatchObject({ outcome: 'updated', amount: '1200.00' });
		const paid = invoice('1200', '5', { header: { payment_date: '2026-10-02' } });
		expect(await run(paid)).toMatchObject({ outcome: 'updated' });
		expect(fake.lines).toHaveLength(1);
	});

	test('is no difference either where Procore does not tell how much it is', async () => {
		fake.tells = false;
		await run(invoice('1000', '5'));
		expect(await run(invoice('1200', '5'))).toMatchObject({ outcome: 'updated' });
	});

	test('does not hide that somebody changed a line', async () => {
		await run(invoice('1000', '5'));
		fake.lines[0].amount = 900;
		expect(await run(invoice('1000', '5'))).toMatchObject({ outcome: 'updated' });
		expect(fake.lines[0].amount).toBe(1000);
	});
});

test('tax on a line that was sent without is told, of a new direct cost as well', async () => {
	fake.usualCode = 7;
	expect(await run(invoice('1000'))).toMatchObject({
		...{ outcome: 'failed', reason: { code: 'totals-differ' } },
		also: [{ outcome: 'created' }],
	});
});
