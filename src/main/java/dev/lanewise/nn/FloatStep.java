// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import java.util.List;

/** A stretch of a network's layers that an {@link Inference} runs in one go. */
abstract class FloatStep {
  private final Tensor output;

  FloatStep(Tensor output) {
    this.output = output;
  }

  /** Overwrites {@link #output}. */
  abstract void run(Tensor input, float[] workspace);

  /** The scratch memory that it needs. */
  int workspaceFloats() {
    return 0;
  }

  /** How it is computed, in words. */
  List<String> algorithms() {
    return List.of();
  }

  final Tensor output() {
    return output;
  }
}
