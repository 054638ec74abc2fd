package io.ocssd.geometry.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.device.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * How many blocks may be open at the same time: as many as the limits say.
 *
 * <p>A program that fills a free block at once needs no place. When a power cut tears it, its block stays open all the same,
 * beyond the limits if need be: what was programmed can't be denied. From then on as many may be open and not one more, until
 * they are no more than the limits allow.
 */
final class ModelPlaces {
    private final DriveModel drive;
    private final List<Limit> limits = new ArrayList<>();

    /** One limit, and the blocks that it is about. */
    private static final class Limit {
        private final Predicate<ModelBlock> about;
        private final String name;
        private final int allowed;
        /** Blocks that may be open now. */
        private long most;

        Limit(String name, int allowed, Predicate<ModelBlock> about) {
            this.name = name;
            this.allowed = allowed;
            this.about = about;
            this.most = allowed;
        }
    }

    ModelPlaces(DriveModel drive) {
        this.drive = drive;
        Limits of = drive.limits;
        if (drive.isZoned()) {
            add("active zones", of.maxActive(), each -> true);
            return;
        }
        add("open blocks", of.maxOpen(), each -> true);
        for (int lun = 0; lun < drive.geometry.luns(); lun++) {
            int its = lun;
            add("open blocks of LUN " + lun, of.maxOpenPerLun(), each -> drive.geometry.lunIndex(each.ppa) == its);
        }
    }

    private void add(String name, int allowed, Predicate<ModelBlock> about) {
        if (allowed > 0) {
            limits.add(new Limit(name, allowed, about));
        }
    }

    /** A block is open that has no place. */
    void openWithoutPlace(ModelBlock block) {
        for (Limit each : limits) {
            each.most += each.about.test(block) ? 1 : 0;
        }
    }

    /** Checks the limits; nothing is under way. */
    void check(String where) {
        for (Limit each : limits) {
            long open = drive.blocks.values().stream()
                    .filter(block -> block.isPartlyWritten() && !block.isRandom())
                    .filter(each.about)
                    .count();
            assertThat(open).as("%s; %s", each.name, where).isLessThanOrEqualTo(each.most);
            each.most = Math.max(each.allowed, open);
        }
    }
}
