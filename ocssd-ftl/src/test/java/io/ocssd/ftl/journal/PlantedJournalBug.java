package io.ocssd.ftl.journal;

import io.ocssd.device.DurabilityClass;
import java.io.IOException;

/** Journals with a bug each, which the stories have to notice. */
enum PlantedJournalBug {
    ACKNOWLEDGES_BEFORE_THE_PROGRAM {
        @Override
        JournalRules rules() {
            return new JournalRules() {
                @Override
                boolean commit(Program program, Step acknowledge) throws IOException {
                    acknowledge.run();
                    return program.run();
                }
            };
        }
    },
    TAKES_ANY_VALID_FRAME {
        @Override
        JournalRules rules() {
            return new JournalRules() {
                @Override
                boolean belongs(JournalFrameLayout.Head frame, JournalHeader block, int unit) {
                    return true;
                }
            };
        }
    },
    TAKES_A_CHECKPOINT_WITH_HOLES {
        @Override
        JournalRules rules() {
            return new JournalRules() {
                @Override
                boolean follows(JournalFrameLayout.Head frame, int previousCrc, boolean afterGap) {
                    return true;
                }
            };
        }
    },
    ERASES_THE_OLD_BLOCK_BEFORE_THE_CHECKPOINT {
        @Override
        JournalRules rules() {
            return new JournalRules() {
                @Override
                boolean replace(Program checkpoint, Step release) throws IOException {
                    release.run();
                    return checkpoint.run();
                }
            };
        }
    },
    SKIPS_PADDING {
        @Override
        JournalRules rules() {
            return new JournalRules() {
                @Override
                int fillerUnits(DurabilityClass durability, int mwCunits, int wsMin, int endUnit, int units) {
                    return 0;
                }
            };
        }
    },
    PADS_A_UNIT_TOO_LITTLE {
        @Override
        JournalRules rules() {
            return new JournalRules() {
                @Override
                int fillerUnits(DurabilityClass durability, int mwCunits, int wsMin, int endUnit, int units) {
                    return Math.max(0, super.fillerUnits(durability, mwCunits, wsMin, endUnit, units) - 1);
                }
            };
        }
    },
    REUSES_A_SEQUENCE {
        @Override
        JournalRules rules() {
            return new JournalRules() {
                @Override
                long nextSequence(long highest) {
                    return Math.max(1, highest);
                }
            };
        }
    };

    abstract JournalRules rules();
}
