import type { IExecuteFunctions } from 'n8n-workflow';

import type { GpClient } from '../../../lib/gp/gp-client';
import { runStepsInTurns } from '../../../lib/http/read-body';
import { documentVerdicts } from '../../../lib/mapping/map-records';
import { previewInWords, previewer } from '../../../lib/mapping/preview';
import { compileRulesInSteps } from '../../../lib/mapping/rules';
import { checkSettings, mappingVersion } from '../../../lib/mapping/settings-check';
import {
	type FindingRow,
	type PlacesInForce,
	ofCompany,
} from '../../../lib/mapping/suggest/finding-rows';
import type { ChangeFault } from '../../../lib/model/gp-changes';
import { type GpPayable, DOCUMENT_TYPE_NUMBERS } from '../../../lib/model/gp-records';
import { canonicalKey } from '../../../lib/model/keys';
import { connectionOptions } from '../../DynamicsGp/descriptions/connection-options.description';
import { openGpConnection } from '../../DynamicsGp/transport/gp-connection';
import { connect } from '../../Procore/transport/connect';
import { toItem } from '../../shared/item-kinds';
import { markProblems } from '../../shared/tell';
import { type Operation, resource } from '../../shared/operations';
import { readList } from '../../shared/read-values';
import { crosswalkTables } from '../descriptions/crosswalk.description';
import { allBatches } from './all-batches';
import { findingRowsProperty } from './crosswalk/look-for-places';
import { readProjects } from './crosswalk/procore-candidates';
import { mappingRowsProperty, mappingWith, placesUsedBefore } from './map/mapping-rows';
import { readCrosswalk } from './map/read-mapping-input';
import { readMappingSettings } from './map/read-mapping-settings';

const NAMES: Record<keyof PlacesInForce['places'], string> = {
	job: 'Job Found In',
	costAccounts: 'Cost Accounts',
	costCode: 'Cost Code From',
	costType: 'Cost Type From',
	accrual: 'Accrual Accounts',
};

/** Shows beside the node's output where each place comes from, and what is not known. */
function showPlaces(context: IExecuteFunctions, places: PlacesInForce['places']): void {
	for (const [place, { from, said }] of Object.entries(places) as Array<
		[keyof typeof NAMES, (typeof places)[keyof typeof NAMES]]
	>) {
		if (from === 'unknown' && said === undefined) continue;
		context.addExecutionHints?.({
			message: `${NAMES[place]}: ${from}${said ? `. ${said}` : ''}`,
			type: from === 'unknown' ? 'warning' : 'info',
			location: 'outputPane',
		});
	}
}

const define: Operation = {
	option: {
		name: 'Define',
		value: 'define',
		action: 'Define the mapping',
		description: 'Say once how GP records become Procore records, for all Map nodes to use',
	},
	/** One item whatever comes in: the settings as the fields say, checked, and which ones they are. */
	async execute() {
		const { settings, places } = readMappingSettings(this, placesUsedBefore(this));
		await runStepsInTurns(compileRulesInSteps(settings.rules ?? []));
		const { rules, problems } = checkSettings(settings);
		markProblems(this, problems);
		if (places) showPlaces(this, places.inForce);
		return [
			[
				toItem(
					{
						kind: 'mapping',
						settings,
						version: mappingVersion(settings),
						// For the GP node that reads the payables.
						needs: { vendorClass: rules.askVendorClass },
						...(problems.length > 0 ? { problems } : {}),
						...(places ? { places: places.inForce, filled: places.filled } : {}),
					},
					0,
				),
			],
		];
	},
};

const previewDocuments: Operation = {
	option: {
		name: 'Preview Documents',
		value: 'previewDocuments',
		action: 'Preview where documents of GP would go',
		description:
			'Read documents from GP and say for each cost line where it would go, who decided, and what would wait. Nothing is written.',
	},
	fields: [
		{
			displayName: 'Voucher Numbers',
			name: 'vouchers',
			type: 'string',
			default: '',
			placeholder: 'e.g. 00000000000000417',
			description:
				'Separated by commas; leading zeros may be left out. Empty: the newest documents.',
		},
		{
			displayName: 'Newest',
			name: 'newest',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 200 },
			default: 50,
			description: 'How many documents by their date, where no voucher number is given',
		},
		mappingRowsProperty,
		findingRowsProperty,
		...crosswalkTables('projects', 'accounts', 'vendors'),
		connectionOptions,
	],
	outputs: ['Lines', 'Summary'] as const,
	async execute() {
		const vouchers = vouchersIn(String(this.getNodeParameter('vouchers', 0, '') ?? ''));
		const newest = Number(this.getNodeParameter('newest', 0, 50));
		const gp = await openGpConnection.call(this);
		try {
			const projects = await readProjects(await connect(this));
			const company = gp.companyId;
			const { found, unseen } =
				vouchers.length > 0
					? await byVoucher(gp.client, vouchers)
					: await newestOf(gp.client, Math.min(Math.max(newest, 1), MOST_SHOWN));
			const known = await asRunsHaveThem(gp.client, found);
			const findings = ofCompany(readList<FindingRow>(this, 'findingRows'), company);
			const settings = mappingWith(this, company, findings);
			const input = { crosswalk: readCrosswalk(this), projects, settings };
			const preview = previewer(input);
			const verdictOn = documentVerdicts({ ...input, records: known });
			const documents = known.map((payable) => ({
				...{ payable, lines: preview(payable), verdict: verdictOn(payable) },
			}));
			return [
				documents.flatMap(({ lines }) => lines.map((line) => toItem(line, 0))),
				[toItem({ company, ...previewInWords(documents, projects, unseen) }, 0)],
			];
		} finally {
			gp.close();
		}
	},
};

const MOST_SHOWN = 200;

/** Numbers as somebody writes or pastes them: with commas, blanks or line breaks between, perhaps in quotes. */
export function vouchersIn(text: string): string[] {
	return text
		.split(/[\s,;]+/)
		.map((one) => one.replace(/^[\p{Pi}\p{Pf}"'`]+|[\p{Pi}\p{Pf}"'`]+$/gu, ''))
		.filter(Boolean);
}

interface Asked {
	found: GpPayable[];
	/** What was asked for and is not shown, with the reason; a sentence each. */
	unseen: string[];
}

/** GP counts vouchers per document type and pads them with zeros; a person writes neither. */
export async function byVoucher(
	client: Pick<GpClient, 'readByKeys'>,
	vouchers: readonly string[],
): Promise<Asked> {
	const types = Object.values(DOCUMENT_TYPE_NUMBERS);
	const asked = vouchers.slice(0, MOST_SHOWN).map((voucher) => {
		const written = [voucher, ...(/^\d+$/.test(voucher) ? [voucher.padStart(17, '0')] : [])];
		return {
			voucher,
			keys: [...new Set(written)].flatMap((one) => types.map((type) => `${type};${one}`)),
		};
	});
	const { records, faults } = await client.readByKeys(
		'payable',
		asked.flatMap(({ keys }) => keys),
	);
	// Read by two spellings it may come twice.
	const found = [...new Map(records.map((one) => [canonicalKey(one.key), one])).values()];
	const unread = new Map(
		faults
			.filter(({ error }) => error.code !== 'GP_RECORD_NOT_FOUND')
			.map((fault) => [canonicalKey(fault.key), fault]),
	);
	const unseen = asked.flatMap(({ voucher, keys }) => {
		const faulty = keys.flatMap((key) => unread.get(canonicalKey(key)) ?? []);
		if (faulty.length > 0) return faulty.map(couldNotBeRead);
		const own = new Set(keys.map(canonicalKey));
		return found.some(({ key }) => own.has(canonicalKey(key)))
			? []
			: [
					`Voucher ${voucher} was not found in GP: is it of this company, and not an invoice number?`,
				];
	});
	if (vouchers.length > MOST_SHOWN)
		unseen.push(`Only the first ${MOST_SHOWN} of ${vouchers.length} vouchers are shown.`);
	return { found: found as GpPayable[], unseen };
}

/** With all that decides: what the chart says of accounts comes last, as it is asked of those of receipts, too. */
export async function asRunsHaveThem(
	client: Pick<GpClient, 'withVendorClasses' | 'withReceiptLines' | 'withAccountFacts'>,
	found: readonly GpPayable[],
): Promise<GpPayable[]> {
	const received = await client.withReceiptLines(await client.withVendorClasses(found));
	return (await client.withAccountFacts(received)) as GpPayable[];
}

/** GP lists documents in an order of its own, so all are read, and no more kept than are shown. */
async function newestOf(client: GpClient, most: number): Promise<Asked> {
	let kept: GpPayable[] = [];
	const faults: ChangeFault[] = [];
	for await (const batch of allBatches(client, 'payable')) {
		kept = [...kept, ...(batch.records as GpPayable[])]
			.sort((left, right) => ((left.documentDate ?? '') < (right.documentDate ?? '') ? 1 : -1))
			.slice(0, most);
		faults.push(...(batch.faults ?? []));
	}
	const shown = faults.slice(0, MOST_FAULTS).map(couldNotBeRead);
	const more = faults.length - shown.length;
	return {
		found: kept,
		unseen: [...shown, ...(more > 0 ? [`${more} more could not be read.`] : [])],
	};
}

const MOST_FAULTS = 5;

const couldNotBeRead = ({ label, error }: ChangeFault) =>
	`${label} could not be read: ${error.message} ${error.remedy}`;

/** Its fields are those of the Map operations, in descriptions/mapping-settings. */
export const mapping = resource('mapping', 'define', [define, previewDocuments]);
