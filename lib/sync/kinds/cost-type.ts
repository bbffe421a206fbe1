import { contentHash } from '../../model/json-text';
import { fieldChanges, type Outcome } from '../../model/outcome';
import type { ProcoreClient } from '../../procore/procore-client';
import {
	type ActualCostType,
	listCostTypes,
	readCostType,
	syncCostTypeRows,
} from '../../procore/resources/cost-codes';
import type { SyncRow } from '../../procore/resources/sync-rows';
import type { Kind, Rules, Wanted } from '../engine/kind';
import { Known } from '../engine/known';
import { syncRecords } from '../engine/run';
import { faultOf, type Reason } from '../outcomes';
import { type RunCache, runCacheFor, type SyncOptions } from '../sync-run';
import { comparableNumber } from './cost-code-lists';

/** How a cost type (line item type) of the company should stand in Procore. */
export interface DesiredCostType extends Wanted {
	kind: 'costType';
	/** "M"; case-sensitive in Procore's imports. */
	code: string;
	name: string;
	baseType?:
		| 'labor'
		| 'equipment'
		| 'materials'
		| 'commitment'
		| 'owner_cost'
		| 'professional_services'
		| 'other';
}

/** The company's cost types, by code. */
export class CostTypes extends Known<ActualCostType, 'code' | 'anyCase'> {
	constructor() {
		super(({ code }) => ({ code, anyCase: code.toLowerCase() }));
	}

	static of(cache: RunCache, now: number): CostTypes {
		return cache.get('cost-types', now, () => new CostTypes());
	}

	protected async readRows(client: ProcoreClient, take: (rows: unknown[]) => void): Promise<void> {
		take(await listCostTypes(client));
	}

	protected readRow(_client: ProcoreClient, row: unknown): ActualCostType | undefined {
		return readCostType(row);
	}

	/** By code; Procore's codes are case-sensitive, so another case counts only when nothing else fits. */
	withCode(code: string): ActualCostType | undefined {
		const wanted = code.trim();
		return this.withKey('code', wanted)[0] ?? this.withAnyCase(wanted);
	}

	withAnyCase(code: string): ActualCostType | undefined {
		return this.withKey('anyCase', comparableNumber(code))[0];
	}

	get codes(): string[] {
		return [...this.byId.values()].map(({ code }) => code);
	}
}

/** What decides over cost types. What is edited in Procore is always set back: nobody books by the name. */
function costTypeRules(types: CostTypes): Rules<DesiredCostType, ActualCostType> {
	/** Code → origin id of the record of this batch that has it. */
	const claimed = new Map<string, string>();
	return {
		find: ({ originId }) => types.withOriginId(originId),
		hash: ({ code, name, baseType }) => contentHash({ code, name, baseType }),

		rule(desired, own) {
			const sameCode = types.withAnyCase(desired.code);
			const code = comparableNumber(desired.code);
			const rival = claimed.get(code);
			if (rival !== undefined) return taken(desired, own ?? sameCode, rival);
			claimed.set(code, desired.originId);
			if (!own && sameCode?.originId) return taken(desired, sameCode, sameCode.originId);
			return undefined;
		},

		compare: ({ name }, own, stored, hash) =>
			stored?.h === hash && own.name === name ? undefined : { outcome: 'updated', actual: own },

		adopt({ code }) {
			const actual = types.withAnyCase(code);
			return actual && { outcome: 'adopted', actual };
		},

		row: ({ code, name, baseType }, { actual }) => ({
			fields: { csv_import_code: code, name, ...(baseType ? { base_type: baseType } : {}) },
			changes: fieldChanges(actual ? { code: actual.code, name: actual.name } : {}, { code, name }),
		}),
	};
}

/** Brings the company's cost types to the desired state: one list, one sync call. */
export async function syncCostTypes(
	client: ProcoreClient,
	desired: DesiredCostType[],
	options: SyncOptions,
): Promise<Outcome[]> {
	const types = new CostTypes();
	const kind: Kind<DesiredCostType, ActualCostType> = {
		...costTypeRules(types),
		read: () => types.readAll(client),
		async write(plans) {
			const results = await syncCostTypeRows(
				client,
				plans.map(({ row }) => row as SyncRow),
			);
			return new Map(
				plans.map((plan, index) => {
					const { entity } = results[index];
					const procoreId = entity && readCostType(entity)?.id;
					return [plan, { fault: faultOf(results[index]), procoreId }];
				}),
			);
		},
	};
	const cache = runCacheFor(client, options.cacheKey);
	return await syncRecords(
		client,
		{ label: 'cost types', at: () => kind },
		desired,
		options,
		cache,
	);
}

function taken(desired: DesiredCostType, actual: ActualCostType | undefined, owner: string) {
	const reason: Reason = {
		code: 'foreign-origin-id',
		message: `Cost type ${desired.code} already belongs to origin id ${owner}.`,
		remedy:
			'Give the record that is synced another code, or have the other integration release this cost type in Procore.',
	};
	return { outcome: 'conflict', actual, reason } as const;
}
