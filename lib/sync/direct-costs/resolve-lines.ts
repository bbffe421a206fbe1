import { causeKey } from '../../model/keys';
import type { DesiredDirectCost } from '../../model/desired';
import type { ProcoreClient } from '../../procore/procore-client';
import { createCostCode, readCostCode } from '../../procore/resources/cost-codes';
import { ProcoreError } from '../../procore/errors/procore-errors';
import type { ProjectCodes } from '../cost-codes/project-codes';
import type { Reason } from '../outcomes';
import type { SyncOptions } from '../sync-options';
import { PLANNED } from '../vendors/resolve-vendor-ids';
import { toWireId } from '../../procore/procore-id';
import type { CostTypes } from '../cost-types/cost-types';
import type { ResolvedLine } from './plan-lines';

/** Puts ids to the codes the lines name, or tells which code the project lacks. */
export async function resolveLines(
	client: ProcoreClient,
	codes: ProjectCodes,
	types: CostTypes,
	desired: readonly DesiredDirectCost[],
	options: SyncOptions,
): Promise<Map<DesiredDirectCost, ResolvedLine[] | Reason>> {
	const lines = desired.filter(({ voided }) => !voided).flatMap((one) => one.lines);
	const lacksCode = () =>
		[...new Set(lines.map(({ costCode }) => costCode))].filter((code) => !codeId(code));
	const lacksType = () => lines.some(({ costType }) => !types.withCode(costType));

	const typesWereKnown = types.isRead;
	await types.read(client);
	if (lacksType() && typesWereKnown) await types.read(client, true);
	const codesWereKnown = codes.isRead;
	await codes.read(client);
	if (lacksCode().length > 0 && codesWereKnown) await codes.read(client, true);
	const refused = new Map<string, Reason>();
	const inactive = new Map(
		desired.flatMap((one) => (one.inactiveCodes ?? []).map((code) => [code.costCode, code])),
	);
	for (const code of lacksCode()) {
		const ofInactive = inactive.get(code);
		if (!options.createMissingCostCodes && !ofInactive?.make) {
			if (ofInactive) refused.set(code, accountInactive(ofInactive, codes.projectId));
			continue;
		}
		if (options.dryRun) {
			codes.wouldBeMade.add(code);
			continue;
		}
		const reason = await makeCode(client, codes, code, ofInactive?.name);
		if (reason) refused.set(code, reason);
	}
	return new Map(desired.map((one) => [one, one.voided ? [] : resolve(one)]));

	function codeId(costCode: string): string | undefined {
		return (
			codes.resolve(costCode)?.id ??
			(options.dryRun && codes.wouldBeMade.has(costCode) ? PLANNED : undefined)
		);
	}

	function resolve(one: DesiredDirectCost): ResolvedLine[] | Reason {
		const resolved: ResolvedLine[] = [];
		for (const line of one.lines) {
			const costCodeId = codeId(line.costCode);
			if (!costCodeId)
				return refused.get(line.costCode) ?? codeMissing(line.costCode, codes.projectId);
			const type = types.withCode(line.costType);
			if (!type) return typeMissing(line.costType, types.codes);
			const { originId, amount, description, taxCodeId } = line;
			resolved.push({ originId, amount, description, taxCodeId, costCodeId, costTypeId: type.id });
		}
		return resolved;
	}
}

/**
 * Makes one missing code, its divisions first. Without origin id on purpose: the account that owns
 * the code is not known here, and the cost code sync adopts it later by its number.
 */
async function makeCode(
	client: ProcoreClient,
	codes: ProjectCodes,
	fullCode: string,
	name = fullCode,
): Promise<Reason | undefined> {
	let parentId: string | null = null;
	const segments = fullCode.split('-');
	for (const [index, segment] of segments.entries()) {
		const standing: { id: string } | undefined = codes.under(parentId, segment);
		if (standing) {
			parentId = standing.id;
			continue;
		}
		try {
			const made = readCostCode(
				await createCostCode(client, codes.projectId, {
					code: segment,
					name: index === segments.length - 1 ? name : fullCode,
					...(parentId ? { parent_id: toWireId(parentId) } : {}),
				}),
			);
			if (!made) return codeMissing(fullCode, codes.projectId);
			const parent: { fullCode: string } | undefined =
				parentId === null ? undefined : codes.withId(parentId);
			codes.put({
				...made,
				parentId,
				fullCode: parent ? `${parent.fullCode}-${segment}` : segment,
			});
			parentId = made.id;
		} catch (error) {
			if (!(error instanceof ProcoreError) || error.scope !== 'record') throw error;
			return {
				code: error.code,
				message: error.message,
				remedy: error.remedy,
				requestId: error.details.requestId,
				httpStatus: error.details.httpStatus,
			};
		}
	}
	return undefined;
}

function codeMissing(costCode: string, projectId: string): Reason {
	return {
		code: 'cost-code-missing',
		causeKey: causeKey('C', `${projectId}/${costCode}`),
		message: `Project ${projectId} has no cost code ${costCode}.`,
		remedy:
			'Run the GL accounts sync for this project, or map the account to an existing cost code in the accounts crosswalk table, or let the Procore node create missing cost codes.',
	};
}

function accountInactive(
	{ costCode, account }: { costCode: string; account: string },
	projectId: string,
): Reason {
	return {
		code: 'account-inactive',
		causeKey: causeKey('A', account),
		message: `Project ${projectId} has no cost code ${costCode}, because account ${account} is inactive in GP and inactive accounts bring no cost code.`,
		remedy: `Have the mapping make the cost codes of inactive accounts (policy "Cost Codes of Inactive Accounts"), or make ${costCode} in Procore, or map account ${account} to an existing cost code in the accounts crosswalk table.`,
	};
}

function typeMissing(costType: string, known: string[]): Reason {
	return {
		code: 'cost-type-missing',
		causeKey: causeKey('T', costType),
		message: `Procore has no cost type with code "${costType}" (it has: ${known.join(', ') || 'none'}).`,
		remedy:
			'Correct the cost type in the accounts crosswalk table or the mapping settings, or add it in Procore under Company Admin > Work Breakdown Structure.',
	};
}
