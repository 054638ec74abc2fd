package io.ocssd.ftl.page;

import java.io.IOException;

/** Block devices with a bug each, which the stories have to notice. */
enum PlantedBlockBug {
    FLUSHES_NOTHING {
        @Override
        PageRules rules() {
            return new BlockDeviceProperties.ShortIntervals() {
                @Override
                void flush(Step persist) {
                    // What was written stays in the buffers.
                }
            };
        }
    },
    ERASES_BEFORE_THE_COPIES_ARE_DURABLE {
        @Override
        PageRules rules() {
            return new BlockDeviceProperties.ShortIntervals() {
                @Override
                boolean mayErase(long durableBefore, long emptySince) {
                    return true;
                }

                @Override
                void beforeErase(Step persist) {
                    // The copies are durable some time later.
                }
            };
        }
    },
    FORGETS_TRIMS_OF_ERASED_UNITS {
        @Override
        PageRules rules() {
            return new BlockDeviceProperties.ShortIntervals() {
                @Override
                boolean keepsTrims() {
                    return false;
                }
            };
        }
    },
    ERASES_THE_CHECKPOINT_BEFORE_THE_NEXT {
        @Override
        PageRules rules() {
            return new BlockDeviceProperties.ShortIntervals() {
                @Override
                void replace(Step write, Step eraseOld) throws IOException {
                    eraseOld.run();
                    write.run();
                }

                @Override
                long checkpointInterval(long chosen) {
                    return 10;
                }
            };
        }
    },
    CHECKPOINTS_WHAT_IS_NOT_DURABLE {
        @Override
        PageRules rules() {
            return new BlockDeviceProperties.ShortIntervals() {
                @Override
                void beforeCheckpoint(Step persist) {
                    // The map points to pages that a cut takes.
                }
            };
        }
    },
    SPREADS_ATOMIC_WRITES {
        @Override
        PageRules rules() {
            return new BlockDeviceProperties.ShortIntervals() {
                @Override
                boolean keepsTogether() {
                    return false;
                }
            };
        }
    },
    REPLAYS_UNIT_BY_UNIT {
        @Override
        PageRules rules() {
            return new BlockDeviceProperties.ShortIntervals() {
                @Override
                long replayUntil(long sequence) {
                    return Long.MAX_VALUE;
                }
            };
        }
    };

    abstract PageRules rules();
}
