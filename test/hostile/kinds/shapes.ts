import { createGpClient } from '../../../lib/gp/gp-client';
import { EMPTY_WATERMARK } from '../../../lib/model/gp-changes';
import { ConnectorError } from '../../../lib/model/connector-error';
import { createProcoreClient } from '../../../lib/procore/procore-client';
import { listProjects } from '../../../lib/procore/resources/projects';
import { listVendors } from '../../../lib/procore/resources/vendors';
import { listDirectCosts } from '../../../lib/procore/resources/direct-costs';
import { listCostCodes } from '../../../lib/procore/resources/cost-codes';
import type { Kind } from '../case.types';
import { clock } from '../fast-clock';

interface ShapesInput {
	/** Which answer: an entity of GP, or a list of Procore. */
	of: 'vendor' | 'account' | 'payable' | 'vendors' | 'projects' | 'directCosts' | 'costCodes';
	/** What stands in place of each member in turn, as JSON text. */
	odd: string[];
}

const GP: Record<string, object> = {
	vendor: {
		...{ Key: { Id: 'ACME0001' }, Name: 'ACME', ClassKey: { Id: 'SUB' }, IsActive: true },
		...{ IsOnHold: false, LastModifiedDate: '2026-06-01T08:00:00', TaxIdentificationNumber: '1' },
		Addresses: [{ Key: { Id: 'MAIN' }, AddressLine1: '1 Main St', City: 'Fargo', State: 'ND' }],
	},
	account: {
		...{ Key: { Id: '300-5110-02' }, Description: 'Concrete', IsActive: true },
		...{ PostingType: 'Profit and Loss', LastModifiedDate: '2026-06-01T08:00:00' },
	},
	payable: {
		...{ Key: { Id: '00417' }, Type: 1, VendorKey: { Id: 'ACME0001' }, VendorName: 'ACME' },
		...{ VendorDocumentNumber: 'INV-1', TransactionState: 'Open', IsVoided: false, PONumber: '' },
		...{ CurrencyKey: { Id: '' }, PostingDate: null, Date: '2026-05-31T00:00:00' },
		...{ DocumentAmount: 110.25, PurchasesAmount: '100.25', TaxAmount: 10 },
		LastModifiedDate: '2026-06-01T08:00:00',
		Distributions: [
			{
				...{ Key: { SequenceNumber: 16384 }, DistributionTypeKey: { Id: 6 } },
				...{ GLAccountKey: { Id: '300-5110-02' }, DebitAmount: '110.25', CreditAmount: 0 },
			},
			{
				...{ Key: { SequenceNumber: 49152 }, DistributionTypeKey: { Id: 2 } },
				...{ GLAccountKey: { Id: '000-2100-00' }, DebitAmount: 0, CreditAmount: 110.25 },
			},
		],
	},
};
const PROCORE: Record<string, object> = {
	vendors: {
		...{ id: 1, name: 'ACME', is_active: true, origin_id: 'GP:TWO:V:A', origin_data: '{}' },
		...{ updated_at: '2026-06-01T08:00:00Z', address: 'x', email_address: 'x', tax_id: '1' },
	},
	projects: { id: 1, name: 'J', project_number: '100', active: true, company: { id: 1 } },
	directCosts: {
		...{ id: 1, origin_id: 'GP:TWO:P:1', origin_data: '{}', status: 'draft', grand_total: '1.00' },
		...{ updated_at: '2026-06-01T08:00:00Z', vendor: { id: 1 }, direct_cost_date: '2026-06-01' },
		line_items: [{ id: 1, amount: '1.00', cost_code: { id: 1 }, line_item_type: { id: 1 } }],
	},
	costCodes: {
		...{ id: 1, name: 'Concrete', code: '03', full_code: '03', origin_id: null, parent: null },
		...{ status: 'active', budgeted: true, line_item_types: [{ id: 1 }] },
	},
};

/** Every member of a good answer replaced by everything odd, one at a time; what is thrown has to be typed. */
export const shapes: Kind = async ({ input }) => {
	const { of, odd } = input as unknown as ShapesInput;
	const good = GP[of] ?? PROCORE[of]!;
	const bodies = [...placesOf(good)].flatMap((place) =>
		odd.map((text) => ({ body: JSON.stringify(good, replacer(good, place)), text, place })),
	);
	for (const { body, text, place } of bodies) {
		const hostile = body.replaceAll('"@odd@"', text);
		for (const whole of [`[${hostile}]`, `{"Payload":[${hostile}]}`, hostile]) {
			await new Promise((resolve) => setImmediate(resolve));
			try {
				await (of in GP ? readGp(of, whole) : readProcore(of, whole));
			} catch (error) {
				if (error instanceof ConnectorError) continue;
				throw new TypeError(`${place.join('.')} = ${text.slice(0, 60)}: ${String(error)}`);
			}
		}
	}
	return bodies.length;
};

function* placesOf(value: unknown, at: string[] = []): Generator<string[]> {
	if (at.length > 0) yield at;
	if (typeof value !== 'object' || value === null) return;
	for (const [name, member] of Object.entries(value)) yield* placesOf(member, [...at, name]);
}

function replacer(good: object, place: string[]) {
	const changed = structuredClone(good);
	let holder = changed as Record<string, unknown>;
	for (const name of place.slice(0, -1)) holder = holder[name] as Record<string, unknown>;
	holder[place.at(-1)!] = '@odd@';
	let first = true;
	return (_name: string, value: unknown) => {
		if (!first) return value;
		first = false;
		return changed;
	};
}

async function readGp(entity: string, body: string): Promise<void> {
	const client = createGpClient({
		site: {
			...{ serviceAddress: 'http://gp.test', tenant: 'DefaultTenant', companyId: 'TWO' },
			company: 'Fabrikam, Inc.',
		},
		http: {
			async request({ url }) {
				await Promise.resolve();
				const headers = { 'content-type': 'application/json' };
				return { status: 200, headers, body: Buffer.from(body), url };
			},
		},
		effects: clock,
		throttle: { gapMs: 0, concurrency: 1, timeoutMs: 1_000, retries: 0 },
	});
	const wanted = entity as 'vendor';
	const keys = { vendor: 'ACME0001', account: '300-5110-02', payable: '1;00417' } as const;
	const calls = [
		() => client.list(wanted),
		() => client.get(wanted, keys[wanted]),
		() => client.readChanges(wanted, { watermark: EMPTY_WATERMARK, limit: 100, cursor: null }),
	];
	const untyped: unknown[] = [];
	for (const call of calls)
		await call().catch((error: unknown) => {
			if (!(error instanceof ConnectorError)) untyped.push(error);
		});
	if (untyped.length > 0) throw untyped[0] as Error;
}

async function readProcore(list: string, body: string): Promise<void> {
	let parsed: unknown;
	try {
		parsed = JSON.parse(body);
	} catch {
		return;
	}
	let calls = 0;
	const client = createProcoreClient({
		async transport() {
			calls += 1;
			await Promise.resolve();
			return { status: 200, headers: {}, body: calls > 1 ? [] : parsed };
		},
		...{ apiBaseUrl: 'https://api.test', companyId: '1', effects: clock },
	});
	if (list === 'vendors') await listVendors(client);
	if (list === 'projects') await listProjects(client);
	if (list === 'directCosts') await listDirectCosts(client, '1');
	if (list === 'costCodes') await listCostCodes(client, '1');
}
