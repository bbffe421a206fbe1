import pLimit from 'p-limit';

import { orWhyNot } from '../../../../lib/gp/errors/refusals';
import type { GpClient } from '../../../../lib/gp/gp-client';
import { mapRecords } from '../../../../lib/mapping/map-records';
import type { MappingInput, MappingResult } from '../../../../lib/mapping/types';
import { type Completeness, together } from '../../../../lib/model/gp-changes';
import type { DesiredCostCode, DesiredVendor } from '../../../../lib/model/desired';
import type { GpRecord } from '../../../../lib/model/gp-records';
import { addTo, readVendorOriginId, sameGpKey, vendorOriginId } from '../../../../lib/model/keys';
import type { ProcoreClient } from '../../../../lib/procore/procore-client';
import type { ActualCostCode } from '../../../../lib/procore/resources/cost-codes';
import type { ActualVendor } from '../../../../lib/procore/resources/vendors';
import {
	compareRecords,
	type OwnRecord,
	type RecordsToCompare,
} from '../../../../lib/reconcile/compare-records';
import type { RecordResult } from '../../../../lib/reconcile/table-rows';
import {
	isVendorAsSent,
	readCostCodesStanding,
	type RecordStanding,
	vendorsStand,
} from '../../../../lib/sync/standing/record-standing';
import { VendorDirectory } from '../../../../lib/sync/kinds/vendor-directory';
import { allBatches } from '../all-batches';

interface Parts {
	gp: GpClient;
	input: Omit<MappingInput, 'records'>;
	company: string;
	parked: RecordsToCompare['parked'];
	requested: RecordsToCompare['requested'];
}

/**
 * GP's vendors against those of Procore, which were read before. A vendor whose stamp and whose state in
 * Procore are those that were sent is not read in detail.
 */
export async function compareVendors(
	parts: Parts,
	vendors: readonly ActualVendor[],
): Promise<RecordResult> {
	const { company } = parts;
	const directory = new VendorDirectory();
	for (const vendor of vendors) directory.put(vendor);
	const agreeing = new Set<string>();
	const isOpen = (record: GpRecord) => {
		if (record.kind !== 'vendor') return true;
		const own = directory.withOriginId(vendorOriginId(company, record.vendorId));
		if (!own || !isVendorAsSent(own, record.modified)) return true;
		agreeing.add(record.key);
		return false;
	};
	const own = vendors.flatMap((vendor): OwnRecord[] => {
		const origin = readVendorOriginId(vendor.originId);
		if (!origin || !sameGpKey(origin.company, company)) return [];
		return [{ key: origin.key, label: vendor.name, procoreId: vendor.id, projectId: '' }];
	});
	return await result('vendor', async () => {
		const read = await readAll(parts, 'vendor', isOpen);
		const { desired, notSent } = mapAll(parts, read.records);
		const wanted = desired.filter((one): one is DesiredVendor => one.kind === 'vendor');
		return compareRecords({
			...(await withSecondLook(parts, 'vendor', read)),
			standing: vendorsStand(wanted, directory),
			notSent,
			agree: agreeing.size,
			own,
		});
	});
}

/** The cost codes GP's accounts want against those of the projects: one list of Procore per project. */
export async function compareCostCodes(
	parts: Parts,
	procore: ProcoreClient,
	onCode: (code: ActualCostCode, projectId: string) => void,
): Promise<RecordResult> {
	return await result('account', async () => {
		const read = await readAll(parts, 'account', () => true);
		const { desired, notSent } = mapAll(parts, read.records);
		const byProject = new Map<string, DesiredCostCode[]>();
		for (const one of desired) {
			if (one.kind !== 'costCode' || one.projectId === '') continue;
			addTo(byProject, one.projectId, one);
		}
		const standing: Array<RecordStanding<DesiredCostCode>> = [];
		const faults = [...read.faults];
		const limit = pLimit(procore.projectConcurrency);
		const readProject = async ([projectId, codes]: [string, DesiredCostCode[]]) => {
			const found = await readCostCodesStanding(procore, projectId, codes, (code) =>
				onCode(code, projectId),
			);
			if (Array.isArray(found)) standing.push(...found);
			else
				for (const { source } of codes)
					faults.push({ ...found, key: source.key, label: source.label });
		};
		await Promise.all([...byProject].map((one) => limit(async () => await readProject(one))));
		return compareRecords({
			...(await withSecondLook(parts, 'account', { ...read, faults })),
			...{ standing, notSent, agree: 0, own: [] },
		});
	});
}

interface Read {
	records: GpRecord[];
	faults: RecordsToCompare['faults'][number][];
	listed: Set<string>;
	completeness: Completeness | undefined;
}

async function readAll(
	{ gp }: Parts,
	entity: 'vendor' | 'account',
	isOpen: (record: GpRecord) => boolean,
): Promise<Read> {
	const read: Read = { records: [], faults: [], listed: new Set(), completeness: undefined };
	const only = (record: GpRecord) => {
		read.listed.add(record.key);
		return isOpen(record);
	};
	for await (const batch of allBatches(gp, entity, { only })) {
		for (const { key, label, error } of batch.faults ?? [])
			read.faults.push({ key, label, message: error.message, remedy: error.remedy });
		read.records.push(...batch.records);
		read.completeness = together(read.completeness, batch.checkpoint.completeness);
	}
	return read;
}

async function withSecondLook(
	{ gp, parked, requested }: Parts,
	entity: 'vendor' | 'account',
	{ listed, faults, completeness }: Read,
) {
	const second = await gp.secondLook(entity);
	const listIsWhole = completeness?.proven !== false && second.failed === null;
	return { entity, faults, listed, listIsWhole, second, parked, requested };
}

function mapAll({ input }: Parts, records: GpRecord[]): Pick<MappingResult, 'desired' | 'notSent'> {
	return mapRecords({ ...input, records });
}

async function result(
	entity: 'vendor' | 'account',
	compare: () => Promise<RecordResult>,
): Promise<RecordResult> {
	return { ...(await orWhyNot(compare)), entity };
}
