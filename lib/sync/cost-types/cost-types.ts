import type { ProcoreClient } from '../../procore/procore-client';
import {
	listCostTypes,
	readCostType,
	type ActualCostType,
} from '../../procore/resources/cost-types';
import type { RunCache } from '../run-cache';

/** The company's cost types, by code. */
export class CostTypes {
	private types: ActualCostType[] = [];
	private reading?: Promise<void>;

	static of(cache: RunCache, now: number): CostTypes {
		return cache.get('cost-types', now, () => new CostTypes());
	}

	/** Whether they were read before, so that a missing one is worth a second look. */
	get isRead(): boolean {
		return this.reading !== undefined;
	}

	read(client: ProcoreClient, again = false): Promise<void> {
		if (again) this.reading = undefined;
		this.reading ??= listCostTypes(client)
			.then((rows) => {
				this.types = rows.map(readCostType).filter((type) => type !== undefined);
			})
			.catch((error) => {
				this.reading = undefined;
				throw error;
			});
		return this.reading;
	}

	/** By code; Procore's codes are case-sensitive, so another case counts only when nothing else fits. */
	withCode(code: string): ActualCostType | undefined {
		const wanted = code.trim();
		return (
			this.types.find((type) => type.code === wanted) ??
			this.types.find((type) => type.code.toLowerCase() === wanted.toLowerCase())
		);
	}

	get codes(): string[] {
		return this.types.map(({ code }) => code);
	}
}
