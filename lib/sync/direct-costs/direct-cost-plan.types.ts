import type { DesiredDirectCost } from '../../model/desired';
import type { FieldChange } from '../../model/outcome';
import type { ActualDirectCost } from '../../procore/resources/direct-costs';
import type { SyncRow } from '../../procore/resources/sync-rows';
import type { Reason } from '../outcomes';

/** What has to happen to one direct cost. */
export interface DirectCostPlan {
	desired: DesiredDirectCost;
	action: 'create' | 'update' | 'adopt' | 'void' | 'delete' | 'unchanged' | 'skip' | 'conflict';
	actual?: ActualDirectCost;
	/** Header to send, for create, update, adopt and void. */
	row?: SyncRow;
	/** The lines have to be sent as well. */
	withLines: boolean;
	/** Lines may have to go: what stands must be read before writing. */
	readLines: boolean;
	/** Only to be written when lines of ours turn out to be missing; else unchanged. */
	onlyIfIncomplete?: boolean;
	/** Only finishes what a batch that was cut off began. */
	completes?: boolean;
	changes?: FieldChange[];
	reason?: Reason;
}
