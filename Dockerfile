# The npm dependencies with their compiler, then the build, then what production needs of them.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
# Without its pre script, which would install once more.
RUN npm run build --ignore-scripts
RUN npm prune --omit=dev
# Temporal's core comes for five platforms, 30 MB each: one is enough.
RUN find node_modules/@temporalio/core-bridge/releases -mindepth 1 -maxdepth 1 ! -name "$(uname -m)-unknown-linux-gnu" -exec rm -r {} +

FROM node:24-bookworm-slim
# Temporal's core trusts the system's certificates, and the slim image has none.
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates && rm -rf /var/lib/apt/lists/*
# The state of `start`; a named volume mounted there takes its owner over. The other commands keep nothing on disk.
RUN install --directory --mode=700 --owner=node --group=node /data
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/scripts ./scripts
ENV NODE_ENV=production COUNTERSIGN_HOME=/data HOST=0.0.0.0
USER node
EXPOSE 3000
STOPSIGNAL SIGTERM
# No health check here: each command has its own, which docker-compose.yml says.
ENTRYPOINT ["node", "dist/src/cli/main.js"]
CMD ["start"]
