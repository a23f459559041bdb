import { describeAnswers } from './clientBenchAnswers.mts';

describeAnswers('zod 3');
