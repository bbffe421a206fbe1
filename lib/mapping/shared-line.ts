import type { Decimal } from '../model/money';
import type { LineDecision } from './decide-line';
import type { CostDistribution } from './payable-cost';

/** A cost line with its decision and its amount in whole cents, its share of charges included. */
export interface SharedLine {
	distribution: CostDistribution;
	/** Unique in the document and project. */
	sequence: string;
	decision: LineDecision;
	amount: Decimal;
	/** Procore tax code, where tax goes by code. */
	taxCodeId?: string;
}
