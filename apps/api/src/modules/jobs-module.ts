import { Bench } from '@boardwalk/station';
import { Module } from '@nestjs/common';
import { BoardHolds } from '../boards/board-holds.ts';
import { DecisionBook } from '../decisions/decision-book.ts';
import { DecisionEffects } from '../decisions/decision-effects.ts';
import { JobBook } from '../jobs/job-book.ts';
import { JobDoor } from '../jobs/job-door.ts';
import { JobHolds } from '../jobs/job-holds.ts';
import { JobReferences } from '../jobs/job-references.ts';
import { SerialDoor } from '../jobs/serial-door.ts';
import { SlotTransports } from '../jobs/slot-transports.ts';
import { UnitNotes } from '../jobs/unit-notes.ts';
import { RecipesModule } from './recipes-module.ts';
import { RecordsModule } from './records-module.ts';

/** Jobs as they come in and wait, and the boards that people decide about. */
@Module({
  imports: [RecordsModule, RecipesModule],
  providers: [
    ...[JobBook, JobDoor, JobReferences, SerialDoor, JobHolds, UnitNotes],
    ...[BoardHolds, DecisionBook, DecisionEffects],
    {
      provide: SlotTransports,
      inject: [Bench],
      useFactory: (bench: Bench) => new SlotTransports(() => bench.slots),
    },
  ],
  exports: [JobBook, JobDoor, JobReferences, JobHolds, UnitNotes, BoardHolds, DecisionBook],
})
export class JobsModule {}
