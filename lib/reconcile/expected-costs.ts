import type { ExpectedCost } from './reconcile.types';

/** What GP's documents want to stand, by project; each project is taken once. */
export class ExpectedCosts {
	private readonly byProject = new Map<string, ExpectedCost[]>();

	add(cost: ExpectedCost): void {
		const known = this.byProject.get(cost.projectId);
		if (known) known.push(cost);
		else this.byProject.set(cost.projectId, [cost]);
	}

	projectIds(): string[] {
		return [...this.byProject.keys()].sort();
	}

	take(projectId: string): ExpectedCost[] {
		const costs = this.byProject.get(projectId) ?? [];
		this.byProject.delete(projectId);
		return costs;
	}

	/** What may become of documents of the project that bill an order; empty where none does. */
	ordersBilled(projectId: string): Set<NonNullable<ExpectedCost['commitment']>['then']> {
		const costs = this.byProject.get(projectId) ?? [];
		return new Set(costs.flatMap(({ commitment }) => commitment?.then ?? []));
	}
}
