import { Module } from '@nestjs/common';
import type { Logger } from 'pino';
import { imageFolder, type Configuration } from '../settings/configuration.ts';
import { EventLog } from '../events/event-log.ts';
import { ImagesController } from '../http/images-controller.ts';
import { RecipesController } from '../http/recipes-controller.ts';
import { SerialsController } from '../http/serials-controller.ts';
import { ImageRenaming } from '../images/image-renaming.ts';
import { ImageStore } from '../images/image-store.ts';
import { Database } from '../persistence/database.ts';
import { RecipeBook } from '../recipes/recipe-book.ts';
import { RecipeReleases } from '../recipes/recipe-releases.ts';
import { OrderBook } from '../recipes/order-book.ts';
import { ClosedRecord } from '../serials/closed-record.ts';
import { SerialBook } from '../serials/serial-book.ts';
import { SerialIssue } from '../serials/serial-issue.ts';
import { StationNotes } from '../status/station-notes.ts';
import { CONFIGURATION, LOG } from '../settings/tokens.ts';

/** The work that is asked for: images, recipes, serials and orders. */
@Module({
  controllers: [ImagesController, RecipesController, SerialsController],
  providers: [
    ...[RecipeBook, RecipeReleases, OrderBook, SerialBook, SerialIssue],
    {
      provide: ClosedRecord,
      inject: [Database, StationNotes],
      useFactory: (database: Database, notes: StationNotes) => new ClosedRecord(database, notes),
    },
    {
      provide: ImageStore,
      inject: [Database, CONFIGURATION, EventLog],
      useFactory: (database: Database, configuration: Configuration, events: EventLog) =>
        new ImageStore(database, imageFolder(configuration), events),
    },
    {
      provide: ImageRenaming,
      inject: [Database, CONFIGURATION, EventLog, LOG],
      useFactory: (database: Database, configuration: Configuration, events: EventLog, log: Logger) =>
        new ImageRenaming(database, imageFolder(configuration), events, log),
    },
  ],
  exports: [RecipeBook, OrderBook, SerialIssue, ClosedRecord, ImageStore],
})
export class RecipesModule {}
