package io.ocssd.geometry.emulator;

import io.ocssd.device.DeviceUri;

/** What drives are made as, for tests of the parts. */
final class Made {
    private Made() {}

    static CreationParameters of(String shape) {
        return CreationParameters.of(new Parameters(DeviceUri.parse("mem:?" + shape)));
    }

    /** The blocks of such a drive, all of them free. */
    static BlockStates blocks(CreationParameters parameters) {
        return new BlockStates(parameters.geometry(), new BlockShapes(parameters));
    }
}
