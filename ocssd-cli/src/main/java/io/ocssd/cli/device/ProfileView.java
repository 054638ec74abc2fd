package io.ocssd.cli.device;

import io.ocssd.device.Capabilities;
import io.ocssd.device.Timings;
import io.ocssd.geometry.emulator.DriveProfile;
import io.ocssd.geometry.timing.NandTiming;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * An emulated drive by its name; the components are the keys of the JSON object.
 *
 * @param name as {@code --profile} and {@code profile=} take it
 * @param description what it is
 * @param factoryBadBlocks blocks that are bad from the start
 * @param endurance erases that a block is made for; null for any number
 * @param wearThreshold how far the wear index of a block may be from the average before the drive says so; null for any
 * @param timings of the arrays, typical and longest
 * @param flash how its flash and what is around it take time
 */
record ProfileView(
        String name,
        String description,
        DeviceView.GeometryView geometry,
        long capacityBytes,
        DeviceView.LimitsView limits,
        Capabilities capabilities,
        int factoryBadBlocks,
        Integer endurance,
        Integer wearThreshold,
        Timings timings,
        FlashView flash) {

    /**
     * Figures of the timing model; a rate of 0 means that there is no bound.
     *
     * @param bitsPerCell 1 to 4
     * @param pageBytes of user data, on one plane; null where times are the same whatever the page
     * @param pagesPerProgram pages that are programmed at once
     * @param readNanos by kind of page, the lower one first
     * @param programNanos by kind of page; one figure where all are programmed at once
     * @param suspend who may suspend programs and erases: {@code none}, {@code high} for reads of high priority, or
     *     {@code all}
     */
    record FlashView(
            int bitsPerCell,
            Integer pageBytes,
            int pagesPerProgram,
            List<Long> readNanos,
            List<Long> programNanos,
            long eraseNanos,
            long busBytesPerSecond,
            long busCommandNanos,
            long busStatusNanos,
            boolean cacheRead,
            long cacheReadNanos,
            boolean cacheProgram,
            String suspend,
            long controllerNanos,
            long hostReadBytesPerSecond,
            long hostWriteBytesPerSecond) {}

    /** What the timing model has where there are no pages: every sector of a byte or more takes the same time. */
    private static final int NO_PAGE = 1;

    static List<ProfileView> all() {
        return DriveProfile.all().stream().map(ProfileView::of).collect(Collectors.toList());
    }

    private static ProfileView of(DriveProfile profile) {
        return new ProfileView(
                profile.name(),
                profile.sentence(),
                DeviceView.GeometryView.of(profile.geometry()),
                profile.geometry().capacityBytes(),
                DeviceView.LimitsView.of(profile.limits()),
                profile.capabilities(),
                profile.factoryBad(),
                nullOf(0, profile.endurance()),
                nullOf(0, profile.wearThreshold()),
                profile.timing().summary(),
                flash(profile.timing()));
    }

    /** A figure, or null when it is the one that stands for none. */
    private static Integer nullOf(int none, int figure) {
        return figure == none ? null : figure;
    }

    private static FlashView flash(NandTiming timing) {
        return new FlashView(
                timing.cells().order().kinds(),
                nullOf(NO_PAGE, timing.cells().pageBytes()),
                timing.cells().order().pagesPerProgram(),
                timing.cells().readNanos().asList(),
                timing.cells().programNanos().asList(),
                timing.cells().eraseNanos(),
                timing.bus().bytesPerSecond(),
                timing.bus().commandNanos(),
                timing.bus().statusNanos(),
                timing.registers().cacheRead(),
                timing.registers().cacheReadNanos(),
                timing.registers().cacheProgram(),
                timing.suspend().who().name().toLowerCase(Locale.ROOT),
                timing.controller().commandNanos(),
                timing.controller().hostReadBytesPerSecond(),
                timing.controller().hostWriteBytesPerSecond());
    }
}
