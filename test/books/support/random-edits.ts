import { EditRefused } from '../../../sandbox/gp/company/edits';
import { SeededRandom } from '../../../sandbox/gp/company/seeded-random';
import type { CompanyDocument, DocumentTypeNumber } from '../../../sandbox/gp/company/types';
import { documentKey } from '../../../sandbox/gp/company/types';
import type { GpStandIn } from '../../../sandbox/gp/server/start-gp-server';

type Edit = (gp: GpStandIn, random: SeededRandom) => void;

const documentIn =
	(...states: Array<CompanyDocument['state']>) =>
	(gp: GpStandIn, random: SeededRandom): string => {
		const found = [...gp.company.documents.values()].filter(
			(one) => states.includes(one.state) && !one.voided && one.documentType !== 6,
		);
		if (found.length === 0) throw new EditRefused('none of that kind is left');
		return documentKey(random.pick(found));
	};
const unposted = documentIn('work');
const open = documentIn('open');
const posted = documentIn('open', 'history');
const money = (random: SeededRandom) => (random.integer(100, 900_000) / 100).toFixed(2);
const costAccount = (gp: GpStandIn, random: SeededRandom) =>
	random.pick([...gp.company.accounts.keys()].filter((one) => /^[1-7]00-5[1-3]/.test(one)));

/** What people do in GP on ordinary days, voids and deletions apart. */
const ORDINARY: Edit[] = [
	(gp, random) => gp.edits.postVoucher(unposted(gp, random)),
	(gp, random) => gp.edits.payVoucher(open(gp, random)),
	(gp, random) => gp.edits.applyPayment(open(gp, random), '0.01'),
	(gp, random) =>
		gp.edits.addInvoice({
			state: random.pick(['work', 'open', 'history'] as const),
			documentType: random.pick([1, 1, 1, 3, 4, 5] as DocumentTypeNumber[]),
			carrier: random.pick(['segment', 'segment', 'reference', 'purchaseOrder'] as const),
		}),
	(gp, random) =>
		gp.edits.addInvoice({
			state: 'open',
			lines: [1, 2, 3].map(() => ({ account: costAccount(gp, random), amount: money(random) })),
			charges: { freight: '33.33', tax: '7.77', tradeDiscount: '1.01' },
		}),
	(gp, random) => gp.edits.changeInvoiceAmount(unposted(gp, random), money(random)),
	(gp, random) => gp.edits.changeInvoiceAmount(posted(gp, random), money(random), { posted: true }),
	(gp, random) =>
		gp.edits.changeVendor(random.pick([...gp.company.vendors.keys()]), {
			comment1: `seen ${random.integer(1, 999)}`,
		}),
];

const VOIDS: Edit[] = [
	(gp, random) => gp.edits.voidVoucher(posted(gp, random)),
	(gp, random) => gp.edits.voidVoucher(posted(gp, random)),
	(gp, random) => gp.edits.voidVoucher(posted(gp, random), { keepHistory: false }),
	(gp, random) => gp.edits.deleteVoucher(unposted(gp, random)),
];

/** What the sync hears of by itself: a void without history is left to the reconciliation. */
const HEARD_OF: Edit[] = [
	...ORDINARY,
	(gp, random) => gp.edits.voidVoucher(posted(gp, random)),
	(gp, random) => gp.edits.deleteVoucher(unposted(gp, random)),
];

/** Any edits but voids that leave no trace in GP. */
export function editsHeardOf(gp: GpStandIn, count: number, seed: string): number {
	return edit(gp, HEARD_OF, count, seed);
}

export function ordinaryEdits(gp: GpStandIn, count: number, seed: string): number {
	return edit(gp, ORDINARY, count, seed);
}

/** Voids that stay in history, voids without history, and deletions of unposted documents. */
export function voidsAndDeletions(gp: GpStandIn, count: number, seed: string): number {
	return edit(gp, VOIDS, count, seed);
}

/** Makes `count` edits; what GP refuses is tried again in another way. */
function edit(gp: GpStandIn, kinds: Edit[], count: number, seed: string): number {
	const random = new SeededRandom(seed);
	let made = 0;
	for (let attempt = 0; made < count && attempt < count * 20; attempt++) {
		try {
			random.pick(kinds)(gp, random);
			made++;
		} catch (error) {
			if (!(error instanceof EditRefused)) throw error;
		}
	}
	return made;
}
