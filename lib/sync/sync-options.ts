export interface SyncOptions {
	/** Everything but writing. */
	dryRun: boolean;
	/**
	 * Id of the run. What is learned of Procore (vendors, cost types, cost codes) is then shared by
	 * the syncs of the run in this process, and read once more before anything is declared missing.
	 */
	cacheKey?: string;
	/** Id of the batch, written into `origin_data` with each record: the mark by which a write is known again. */
	batchId?: string;
	/**
	 * Batches that were started and whose outcomes were never recorded (with this one, when it is tried
	 * again under the same id); see `Outcome.unrecorded` and `Outcome.recovered`.
	 */
	unrecordedBatches?: string[];
	/** A direct cost GP has voided: take it out of the budget as draft (default), or delete it. */
	voidPolicy?: 'draft' | 'delete';
	/** Somebody edited in Procore what GP decides: set it back (default), or let it stand. */
	drift?: 'overwrite' | 'keep';
	/**
	 * Write direct costs with their lines also where hash and total say that they stand: lines edited in
	 * Procore may have kept the sum. Two writes more per project, so only for the few known to differ.
	 */
	rewrite?: boolean;
	/** Inactive in GP and not in Procore yet: create it as inactive (default), or leave it out. Vendors only. */
	inactivePolicy?: 'create' | 'skip';
	/** A cost code inactive in GP: leave it usable in Procore (default), or deactivate its WBS segment item. */
	inactiveCostCodes?: 'leave' | 'deactivate';
	/** Make cost codes that lines name and the project lacks (code as name). Default false: the direct cost fails. */
	createMissingCostCodes?: boolean;
	/**
	 * When Procore refuses a direct cost because its vendor is not in the project's directory, put the
	 * vendor there and try again (default true). Costs nothing where Procore does not ask for it.
	 */
	addVendorsToProjects?: boolean;
}
