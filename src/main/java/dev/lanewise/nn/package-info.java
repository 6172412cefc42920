// SPDX-License-Identifier: Apache-2.0
/**
 * Layers, losses and optimizers with PyTorch's definitions, on the operators of {@link
 * dev.lanewise.conv}.
 *
 * <pre>{@code
 * var random = new SplitMix64(42);
 * var network =
 *     Sequential.of(
 *         Conv2dLayer.of(1, 10, 3).build(random), ConvTranspose2dLayer.of(10, 1, 3).build(random));
 * var loss = new MseLoss();
 * var optimizer = Adam.of(network.parameters()).learningRate(1e-3).build();
 *
 * for (Tensor images : batches) {
 *   optimizer.zeroGrad();
 *   double value = loss.forward(network.forward(images), images);
 *   network.backwardParameters(loss.backward());
 *   optimizer.step();
 * }
 * }</pre>
 *
 * <p>There is no graph and no tape: a layer knows the derivative of what it computed last. Layers
 * own their outputs, gradients and plans, one set per input shape, and use them again; after the
 * first batch of each size a training step allocates nothing. A seed decides every bit of a run,
 * whatever {@link dev.lanewise.nn.Layer#threads threads} are lent to it.
 *
 * <p>Each class has a double form, {@code Double…}, made from the same source.
 */
package dev.lanewise.nn;
