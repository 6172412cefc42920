// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.properties;

import dev.lanewise.conv.Activation;
import dev.lanewise.conv.Arithmetic;
import java.util.concurrent.Executor;

/**
 * What a plan is built with besides its geometry.
 *
 * @param executor null for the calling thread alone
 */
record PlanOptions(Activation activation, Arithmetic arithmetic, Executor executor, int threads) {
  /** What a plan has that asks for nothing. */
  static final PlanOptions DEFAULT =
      new PlanOptions(Activation.none(), Arithmetic.EXACT_SUM, null, 1);

  PlanOptions with(Activation activation) {
    return new PlanOptions(activation, arithmetic, executor, threads);
  }

  PlanOptions with(Arithmetic arithmetic) {
    return new PlanOptions(activation, arithmetic, executor, threads);
  }

  PlanOptions with(Executor executor, int threads) {
    return new PlanOptions(activation, arithmetic, executor, threads);
  }
}
