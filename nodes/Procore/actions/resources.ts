import { apiRequest } from './apiRequest/ApiRequest.resource';
import { billingPeriod } from './billingPeriod/BillingPeriod.resource';
import { commitment } from './commitment/Commitment.resource';
import { company } from './company/Company.resource';
import { costCode } from './costCode/CostCode.resource';
import { costType } from './costType/CostType.resource';
import { directCost } from './directCost/DirectCost.resource';
import type { ProcoreResource } from './operation.types';
import { project } from './project/Project.resource';
import { requisition } from './requisition/Requisition.resource';
import { standardCostCode } from './standardCostCode/StandardCostCode.resource';
import { taxCode } from './taxCode/TaxCode.resource';
import { unitOfMeasure } from './unitOfMeasure/UnitOfMeasure.resource';
import { vendor } from './vendor/Vendor.resource';
import { wbsCode } from './wbsCode/WbsCode.resource';

/** Everything the node can do, by the value of its *Resource*. */
export const RESOURCES: Record<string, ProcoreResource> = {
	apiRequest,
	billingPeriod,
	commitment,
	company,
	costCode,
	costType,
	directCost,
	project,
	requisition,
	standardCostCode,
	taxCode,
	unitOfMeasure,
	vendor,
	wbsCode,
};
