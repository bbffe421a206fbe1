import { resource } from '../../shared/operations';
import { recordOutcomesStep } from './record-outcomes';
import {
	beforeWritingStep,
	beginBatchStep,
	compareMapping,
	earlierEvents,
	handOn,
	loadParked,
	loadParkedByStream,
	mayHaveMovedStep,
	prepareBatchStep,
	tryAgain,
} from './run-batch';
import { close, fail } from './run-end';
import { claim, gpTurn, open, readStartStep, resume } from './run-start';

/** A run of the sync: opened, recorded batch by batch, closed. */
export const run = resource('run', 'open', [
	beginBatchStep,
	claim,
	close,
	fail,
	loadParked,
	loadParkedByStream,
	mayHaveMovedStep,
	open,
	recordOutcomesStep,
	resume,
	readStartStep,
	prepareBatchStep,
	handOn,
	compareMapping,
	beforeWritingStep,
	earlierEvents,
	gpTurn,
	tryAgain,
]);
