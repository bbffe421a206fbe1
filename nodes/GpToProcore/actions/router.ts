import { NodeOperationError } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { toNodeError } from '../../shared/to-node-error';
import * as auditChain from './alert/auditChain.operation';
import * as evaluateAlerts from './alert/evaluate.operation';
import * as exportRows from './audit/export.operation';
import * as retention from './audit/retention.operation';
import * as verifyChain from './audit/verifyChain.operation';
import * as changed from './crosswalk/changed.operation';
import * as askForAffected from './crosswalk/request.operation';
import * as suggest from './crosswalk/suggest.operation';
import * as map from './map/map.operation';
import * as preview from './map/preview.operation';
import * as define from './mapping/define.operation';
import * as compare from './reconciliation/compare.operation';
import * as drawPage from './report/page.operation';
import * as planReplay from './report/planReplay.operation';
import * as readQuestion from './report/readQuestion.operation';
import * as readReplay from './report/readReplay.operation';
import * as askForDeleted from './request/askForDeleted.operation';
import * as planRequests from './request/plan.operation';
import * as tellRequests from './request/tell.operation';
import * as beginBatch from './run/beginBatch.operation';
import * as claim from './run/claim.operation';
import * as close from './run/close.operation';
import * as fail from './run/fail.operation';
import * as loadParked from './run/loadParked.operation';
import * as open from './run/open.operation';
import * as recordOutcomes from './run/recordOutcomes.operation';
import * as resume from './run/resume.operation';

/** Works on all items together: a batch is mapped, and recorded, as a whole. */
export type BatchOperation = (this: IExecuteFunctions) => Promise<INodeExecutionData[][]>;

const MAP_OPERATIONS: Record<string, BatchOperation> = {
	map: map.execute,
	preview: preview.execute,
};

const MAPPING_OPERATIONS: Record<string, BatchOperation> = { define: define.execute };

const RUN_OPERATIONS: Record<string, BatchOperation> = {
	beginBatch: beginBatch.execute,
	claim: claim.execute,
	close: close.execute,
	fail: fail.execute,
	loadParked: loadParked.execute,
	open: open.execute,
	recordOutcomes: recordOutcomes.execute,
	resume: resume.execute,
};

const AUDIT_OPERATIONS: Record<string, BatchOperation> = {
	export: exportRows.execute,
	retention: retention.execute,
	verifyChain: verifyChain.execute,
};

const REQUEST_OPERATIONS: Record<string, BatchOperation> = {
	askForDeleted: askForDeleted.execute,
	plan: planRequests.execute,
	tell: tellRequests.execute,
};

const REPORT_OPERATIONS: Record<string, BatchOperation> = {
	page: drawPage.execute,
	planReplay: planReplay.execute,
	readQuestion: readQuestion.execute,
	readReplay: readReplay.execute,
};

/** By resource; the records that are mapped share theirs. */
const OPERATIONS: Record<string, Record<string, BatchOperation>> = {
	alert: { auditChain: auditChain.execute, evaluate: evaluateAlerts.execute },
	audit: AUDIT_OPERATIONS,
	crosswalk: {
		changed: changed.execute,
		request: askForAffected.execute,
		suggest: suggest.execute,
	},
	mapping: MAPPING_OPERATIONS,
	reconciliation: { compare: compare.execute },
	report: REPORT_OPERATIONS,
	request: REQUEST_OPERATIONS,
	run: RUN_OPERATIONS,
};

export async function router(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const resource = this.getNodeParameter('resource', 0);
	const name = this.getNodeParameter('operation', 0);
	const operation = (OPERATIONS[resource] ?? MAP_OPERATIONS)[name];
	if (!operation) {
		throw new NodeOperationError(this.getNode(), `There is no operation '${name}' here`);
	}
	try {
		return await operation.call(this);
	} catch (error) {
		throw toNodeError(this.getNode(), error);
	}
}
