package io.ocssd.ftl.storm;

import io.ocssd.device.FlashDevice;
import io.ocssd.vblock.Vblock;
import io.ocssd.vblock.VblockWriter;
import java.io.IOException;
import java.util.SplittableRandom;

/** What may be wrong with the layers that a storm judges; a storm that does not notice them is none. */
enum PlantedBug {
    /** All is as it should be. */
    NONE,
    /** One sync in eight returns at once: acknowledged before it was programmed. */
    SYNC_DOES_NOTHING {
        @Override
        void sync(VblockWriter writer, SplittableRandom random) throws IOException {
            if (random.nextInt(ONE_IN) > 0) {
                writer.sync();
            }
        }
    },
    /** One erase in eight returns at once. */
    ERASE_DOES_NOTHING {
        @Override
        void erase(Vblock vblock, SplittableRandom random) throws IOException {
            if (random.nextInt(ONE_IN) > 0) {
                vblock.erase();
            }
        }
    },
    /** Nothing is padded on a drive that loses what has too few sectors behind it. */
    PADDING_SKIPPED {
        @Override
        FlashDevice device(FlashDevice device) {
            return new LyingDevice(device, LyingDevice.Lie.PROTECTED);
        }
    },
    /** Programs that failed count as done. */
    FAILURE_HIDDEN {
        @Override
        FlashDevice device(FlashDevice device) {
            return new LyingDevice(device, LyingDevice.Lie.ALL_PROGRAMS_SUCCEED);
        }
    },
    /** States and write pointers are those of the time of the opening. */
    REPORT_KEPT_IN_MEMORY {
        @Override
        FlashDevice device(FlashDevice device) {
            return new LyingDevice(device, LyingDevice.Lie.FIRST_REPORT);
        }
    },
    /** One program of bookkeeping in sixteen is acknowledged and never done. */
    METADATA_DROPPED {
        @Override
        FlashDevice device(FlashDevice device) {
            return new LyingDevice(device, LyingDevice.Lie.METADATA_DROPPED);
        }
    };

    private static final int ONE_IN = 8;

    /** What stands between the layers and the drive. */
    FlashDevice device(FlashDevice device) {
        return device;
    }

    void sync(VblockWriter writer, SplittableRandom random) throws IOException {
        writer.sync();
    }

    void erase(Vblock vblock, SplittableRandom random) throws IOException {
        vblock.erase();
    }
}
