package io.ocssd.lsm;

import io.ocssd.lsm.compaction.BottomRule;
import io.ocssd.lsm.log.RecordTamper;
import io.ocssd.lsm.table.Levels;
import io.ocssd.vblock.VblockWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Bugs that a campaign of power cuts must find, between a store and its vblocks. One instance for each run. */
class PlantedBug {
    /** What a held record may take beyond its bytes when it is appended at last. */
    private static final int SLACK_BYTES = 4096;

    /** No bug. */
    static PlantedBug none() {
        return new PlantedBug();
    }

    /** Syncs of puts and deletes are acknowledged and not done. */
    static PlantedBug acknowledgedBeforeSync() {
        return new PlantedBug() {
            private boolean ofEntries;

            @Override
            long logAppend(VblockWriter writer, ByteBuffer record) throws IOException {
                ofEntries = RecordTamper.isBatch(record);
                return writer.append(record);
            }

            @Override
            void logSync(VblockWriter writer) throws IOException {
                if (!ofEntries) {
                    writer.sync();
                }
            }
        };
    }

    /** An edit of the manifest is held back until the next record, so that what it frees is erased before it is durable. */
    static PlantedBug erasedBeforeEdit() {
        return new PlantedBug() {
            private ByteBuffer held;

            @Override
            long logAppend(VblockWriter writer, ByteBuffer record) throws IOException {
                release(writer);
                if (!RecordTamper.isEdit(record)) {
                    return writer.append(record);
                }
                held = ByteBuffer.allocate(record.remaining()).put(record).flip();
                return 0;
            }

            @Override
            long logRemaining(VblockWriter writer) {
                return writer.remaining(true) - (held == null ? 0 : held.remaining() + SLACK_BYTES);
            }

            @Override
            void logSeal(VblockWriter writer) throws IOException {
                release(writer);
                writer.seal();
            }

            private void release(VblockWriter writer) throws IOException {
                if (held != null) {
                    writer.append(held);
                    held = null;
                }
            }
        };
    }

    /** Tables are closed only after the edit that names them is durable: at the next sync but one. */
    static PlantedBug editBeforeOutputs() {
        return new PlantedBug() {
            private final List<VblockWriter> open = new ArrayList<>();
            private final List<VblockWriter> due = new ArrayList<>();

            @Override
            void tableSeal(VblockWriter writer) {
                open.add(writer);
            }

            @Override
            void logSync(VblockWriter writer) throws IOException {
                writer.sync();
                List<VblockWriter> late = List.copyOf(due);
                due.clear();
                due.addAll(open);
                open.clear();
                for (VblockWriter table : late) {
                    table.seal();
                }
            }
        };
    }

    /** A flush claims that a few more entries are in its table than are. */
    static PlantedBug replayedFromTooFar() {
        return new PlantedBug() {
            @Override
            long logAppend(VblockWriter writer, ByteBuffer record) throws IOException {
                if (RecordTamper.isEdit(record)) {
                    RecordTamper.flushedFurther(record, 3);
                }
                return writer.append(record);
            }
        };
    }

    /** Compactions drop every delete, also those that still hide something below. */
    static PlantedBug deletesDroppedTooEarly() {
        return new PlantedBug() {
            @Override
            BottomRule bottom() {
                return (levels, level, key) -> false;
            }
        };
    }

    BottomRule bottom() {
        return Levels::coversBelow;
    }

    long logAppend(VblockWriter writer, ByteBuffer record) throws IOException {
        return writer.append(record);
    }

    long logRemaining(VblockWriter writer) {
        return writer.remaining(true);
    }

    void logSync(VblockWriter writer) throws IOException {
        writer.sync();
    }

    void logSeal(VblockWriter writer) throws IOException {
        writer.seal();
    }

    void tableSeal(VblockWriter writer) throws IOException {
        writer.seal();
    }
}
