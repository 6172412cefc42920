// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.seeds;

/** A network in training. */
public interface Training {
  /**
   * One step: forward, backward, update.
   *
   * @return the loss before the step
   */
  double step(StepData data);
}
