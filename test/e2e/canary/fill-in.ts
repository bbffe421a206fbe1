import { adminCall } from '../../../sandbox/start/admin-call';
import type { Session } from '../../../sandbox/start/session';
import { changeGp } from '../support';
import { HOSTILE, HOSTILE_NAMES, type HostileName } from './hostile';

/** One hostile text, and what carries it in GP. */
export interface Carrier {
	text: string;
	vendorId: string;
	vendorName: string;
	/** Voucher of an invoice whose job has a project, and of one whose job has none. */
	sent: string;
	parked: string;
}

/** Not as a GP key: a char column takes no such sign from a keyboard. */
const NO_KEY: readonly HostileName[] = ['control', 'nul', 'surrogate'];
/** Shorter than GP's column, so that what tells one vendor from another is not cut off. */
const NAME_PART = 50;

/** Every text field of GP that can reach Procore holds each hostile text once; each vendor has a tax id,
 * the first ones those given, all others the first of them. */
export async function fillInGp(session: Session, taxIds: string[]): Promise<Carrier[]> {
	const carriers: Carrier[] = [];
	for (const [index, name] of HOSTILE_NAMES.entries()) {
		const text: string = HOSTILE[name];
		const id = NO_KEY.includes(name) ? `C4N-${name}` : `${text.trim().slice(0, 12)}${index}`;
		const vendorName = `${text.slice(0, NAME_PART)} Vendor ${index}`;
		const { vendorId } = await changeGp<{ vendorId: string }>(session, '/vendors/add', {
			vendor: {
				...{ vendorId: id, name: vendorName, shortName: text, checkName: text, classId: text },
				...{ taxId: taxIds[index] ?? taxIds[0], paymentTermsId: text },
				...{ comment1: text, comment2: text, userDefined1: text, userDefined2: text },
				addresses: [addressOf(text)],
			},
		});
		const invoice = async (job: string) => {
			const added = await changeGp<{ voucher: string }>(session, '/invoices/add', {
				...{ vendorId, documentNumber: text, description: text, batch: text },
				...{ purchaseOrderNumber: text, state: 'open' },
				lines: [{ account: `${job}-5130-02`, amount: '100.00', reference: text }],
			});
			return added.voucher;
		};
		carriers.push({
			...{ text, vendorId, vendorName },
			...{ sent: await invoice('300'), parked: await invoice('800') },
		});
	}
	const accounts = await adminCall<Array<{ account: string }>>(
		session.gp.adminUrl,
		'GET',
		'/accounts',
	);
	const ofJobs = accounts.filter(({ account }) => /^[12]00-/.test(account));
	for (const [index, { account }] of ofJobs.entries()) {
		const text = HOSTILE[HOSTILE_NAMES[index % HOSTILE_NAMES.length]];
		await changeGp(session, '/accounts/change', {
			account,
			change: { description: text, alias: text },
		});
	}
	return carriers;
}

/** The same for what people have entered in Procore, where one company has a tax id of GP's. */
export async function fillInProcore(session: Session, taxId: string): Promise<void> {
	const call = async <T>(method: string, path: string, body?: object) =>
		await adminCall<T>(session.procore.adminUrl, method, `/admin/${path}`, body);
	const { projects } = await call<{ projects: Array<{ id: number }> }>('GET', 'state');
	const texts = HOSTILE_NAMES.map((name) => HOSTILE[name] as string);
	for (const [index, { id }] of projects.entries()) {
		await call('PATCH', `projects/${id}`, { name: `${texts[index * 3]} Project ${index}` });
	}
	for (const [index, text] of texts.entries()) {
		await call('POST', 'vendors', {
			name: `${text} Company ${index}`,
			...(index === 0 ? { business_register: { type: 'ein', identifier: taxId } } : {}),
			...{ address: text, city: text, notes: text, website: text },
		});
		await call('POST', 'cost-codes', { project: '200', code: `C4N${index}`, name: text });
		await call('POST', 'direct-costs', {
			...{ project: '100', direct_cost_type: 'expense', status: 'approved' },
			...{ direct_cost_date: '2026-06-01', description: text, terms: text },
			lines: [{ cost_code: '5110', cost_type: 'M', amount: '7.00', description: text }],
		});
	}
}

function addressOf(text: string) {
	return {
		...{ addressId: 'PRIMARY', contact: text, line1: text, line2: text, line3: text },
		...{ city: text, state: text, zip: text, country: text, countryCode: '', fax: text },
		...{ phone1: text, phone2: text, email: text, website: text },
	};
}
