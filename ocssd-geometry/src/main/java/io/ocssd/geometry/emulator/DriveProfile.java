package io.ocssd.geometry.emulator;

import com.google.common.collect.ImmutableList;
import io.ocssd.device.Capabilities;
import io.ocssd.device.Geometry;
import io.ocssd.device.Limits;
import io.ocssd.geometry.timing.NandTiming;
import java.util.Arrays;
import java.util.List;

/**
 * A drive that can be made by its name, as {@code profile=NAME} of an emulated drive. Immutable.
 *
 * @param name as URIs write it
 * @param sentence what it is, without a full stop
 * @param geometry its shape
 * @param limits what it asks of writers
 * @param capabilities what it can do beyond reading, programming and erasing
 * @param factoryBad blocks of the whole drive that are bad from the start
 * @param endurance erases that a block is made for; 0 for any number
 * @param wearThreshold how far the wear index of a block may be from the average before the drive says so; 0 for any
 * @param timing how long its flash takes
 */
public record DriveProfile(
        String name,
        String sentence,
        Geometry geometry,
        Limits limits,
        Capabilities capabilities,
        int factoryBad,
        int endurance,
        int wearThreshold,
        NandTiming timing) {

    /** All that are known, the default first. */
    public static List<DriveProfile> all() {
        return Arrays.stream(Profile.values()).map(DriveProfile::of).collect(ImmutableList.toImmutableList());
    }

    private static DriveProfile of(Profile profile) {
        return new DriveProfile(
                profile.label(),
                profile.sentence(),
                profile.geometry(),
                profile.limits(),
                profile.capabilities(),
                profile.factoryBad(),
                profile.endurance(),
                profile.wearThreshold(),
                profile.timing());
    }
}
