package io.ocssd.geometry.emulator;

import io.ocssd.geometry.timing.FlashTimeline;
import io.ocssd.geometry.timing.PageLayout;

/**
 * What a command makes the flash do.
 *
 * <p>Neighbours in the list of addresses that are of one page, or of one program unit, are one operation; a page that is
 * filled by several programs is programmed several times. A command that will be refused takes its time like any other,
 * since only its end tells. Addresses outside the geometry cost nothing, and so does what changes states alone (finish, open
 * and close of zones): a choice, the specification says nothing about it.
 */
final class FlashWork {
    private final FlashTimeline timeline;
    private final PageLayout layout;

    FlashWork(FlashTimeline timeline) {
        this.timeline = timeline;
        this.layout = timeline.layout();
    }

    /** Adds the operations of a command to the request that was begun. */
    void add(CommandSlot slot) {
        switch (slot.operation()) {
            case READ -> read(slot);
            case WRITE, APPEND -> program(slot);
            case ERASE -> erase(slot);
            case COPY -> copy(slot);
            case FINISH, OPEN, CLOSE -> {}
        }
    }

    private void read(CommandSlot slot) {
        for (int from = 0, to; from < slot.count(); from = to) {
            int page = layout.page(slot.sector(from));
            to = endOfPage(slot, from, page, slot.count());
            if (slot.lun(from) != CommandSlot.NO_LUN) {
                timeline.read(slot.lun(from), page, to - from);
            }
        }
    }

    private int endOfPage(CommandSlot slot, int from, int page, int limit) {
        return endOfStretch(slot, from, layout.firstSector(page), layout.endSector(page), limit);
    }

    private static int endOfStretch(CommandSlot slot, int from, int first, int end, int limit) {
        // As far as they ascend, and then whatever of the stretch follows in any order.
        int to = Math.min(Math.min(slot.endOfAscent(from), from + end - slot.sector(from)), limit);
        while (to < limit && slot.isSameBlock(from, to) && slot.sector(to) >= first && slot.sector(to) < end) {
            to++;
        }
        return to;
    }

    private void program(CommandSlot slot) {
        for (int from = 0, to; from < slot.count(); from = to) {
            int sector = slot.sector(from);
            int unit = sector - sector % layout.unitSectors();
            to = endOfStretch(slot, from, unit, unit + layout.unitSectors(), slot.count());
            if (slot.lun(from) != CommandSlot.NO_LUN) {
                timeline.program(slot.lun(from), layout.page(sector), to - from);
            }
        }
    }

    private void erase(CommandSlot slot) {
        for (int i = 0; i < slot.count(); i++) {
            if (slot.lun(i) != CommandSlot.NO_LUN) {
                timeline.erase(slot.lun(i));
            }
        }
    }

    private void copy(CommandSlot slot) {
        AddressList destinations = slot.written();
        for (int from = 0, to; from < slot.count(); from = to) {
            to = endOfUnit(destinations, from);
            if (destinations.lun(from) != CommandSlot.NO_LUN) {
                copySources(slot, from, to);
                timeline.copyTo(destinations.lun(from), layout.page(destinations.sector(from)), to - from);
            }
        }
    }

    /** First index behind {@code from} whose address is of another program unit. */
    private int endOfUnit(AddressList addresses, int from) {
        int unit = addresses.sector(from) / layout.unitSectors();
        int to = from + 1;
        while (to < addresses.count()
                && addresses.isSameBlock(from, to)
                && addresses.sector(to) / layout.unitSectors() == unit) {
            to++;
        }
        return to;
    }

    private void copySources(CommandSlot slot, int begin, int end) {
        for (int from = begin, to; from < end; from = to) {
            int page = layout.page(slot.sector(from));
            to = endOfPage(slot, from, page, end);
            if (slot.lun(from) != CommandSlot.NO_LUN) {
                timeline.copyFrom(slot.lun(from), page, to - from);
            }
        }
    }
}
