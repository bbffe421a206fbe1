import type { Route } from '../http/call';
import { commitmentRoutes } from './commitments';
import { costCodeRoutes } from './cost-codes';
import { directCostLineRoutes } from './direct-cost-lines';
import { directCostRoutes } from './direct-costs';
import { lineItemTypeRoutes } from './line-item-types';
import { lookupRoutes } from './lookups';
import { projectRoutes } from './projects';
import { requisitionRoutes } from './requisitions';
import { standardCostCodeRoutes } from './standard-cost-codes';
import { vendorRoutes } from './vendors';
import { wbsRoutes } from './wbs-codes';

export const routes: Route[] = [
	...projectRoutes,
	...vendorRoutes,
	...costCodeRoutes,
	...lineItemTypeRoutes,
	...wbsRoutes,
	...directCostRoutes,
	...directCostLineRoutes,
	...standardCostCodeRoutes,
	...lookupRoutes,
	...commitmentRoutes,
	...requisitionRoutes,
];
