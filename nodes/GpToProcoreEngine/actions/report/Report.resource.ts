import { resource } from '../../../shared/operations';
import * as page from './page.operation';
import * as planCrosswalk from './planCrosswalk.operation';
import * as planReplay from './planReplay.operation';
import * as readQuestion from './readQuestion.operation';
import * as readReplay from './readReplay.operation';
import * as answer from './answer.operation';
import * as chooseReconciliation from './chooseReconciliation.operation';
import * as lastWeek from './lastWeek.operation';
import * as runShown from './runShown.operation';
import * as workbook from './workbook.operation';

export const report = resource('report', 'page', [
	page,
	planCrosswalk,
	planReplay,
	readQuestion,
	readReplay,
	answer,
	chooseReconciliation,
	lastWeek,
	runShown,
	workbook,
]);
