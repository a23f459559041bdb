import { describeAnswers } from '../../support/clientAnswers.mts';

describeAnswers('zod 3');
